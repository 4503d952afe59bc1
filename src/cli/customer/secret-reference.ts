import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';

const part = z.string().trim().min(1).optional();

/** Where a secret is found. The secret itself never stands in the file, which is mailed, committed and copied. */
export const secretReference = z
  .strictObject(
    { env: part, file: part },
    { error: 'A secret is not written here: name where it is, { env: NAME } or { file: PATH }.' },
  )
  .refine(({ env, file }) => (env === undefined) !== (file === undefined), 'Give one of `env` and `file`.');

export type SecretReference = z.infer<typeof secretReference>;

export type FoundSecret = { readonly secret: string } | { readonly problem: string };

/** Looks a secret up; `folder` is where relative paths begin. Says where it was looked for, never what was found. */
export async function findSecret(
  { env, file }: SecretReference,
  folder: string,
  variables: NodeJS.ProcessEnv,
): Promise<FoundSecret> {
  if (env !== undefined) {
    const secret = variables[env] ?? '';
    return secret === '' ? { problem: `The environment variable ${env} is not set, or empty.` } : { secret };
  }
  const path = resolve(folder, file ?? '');
  try {
    const secret = (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
    return secret === '' ? { problem: `The file ${path} is empty.` } : { secret };
  } catch {
    return { problem: `The file ${path} cannot be read.` };
  }
}
