import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import type { SourceCredentials } from '../../connections/credentials.js';
import type { OnboardingOrder } from '../../onboarding/messages.js';
import { customerSource, type SourceDocument } from '../customer/document.js';
import { Secrets } from '../customer/secrets.js';
import { readTextFile } from '../read-file.js';
import { ProblemsFound } from '../yaml/problems-found.js';
import { readYaml } from '../yaml/read-yaml.js';
import { strict } from '../yaml/shapes.js';
import { onboardingDocument, type OnboardingDocument } from './document.js';

/** @throws CommandFailed, ProblemsFound with every mistake of the file. `now` decides what is past. */
export async function readOnboardingFile(file: string, env: NodeJS.ProcessEnv, now: Date) {
  const { value: document, secrets } = await read(file, onboardingDocument(now), env);
  const network = await secrets.ofNetwork(document);
  const source = document.source === undefined ? null : await credentialsOf(document.source, secrets);
  if (secrets.problems.length > 0) throw new ProblemsFound(file, secrets.problems);
  return { document, secrets: { network, source } };
}

/** Manager and contacts of such a file, whatever became of its secrets and its start. @throws CommandFailed, ProblemsFound */
export async function readContacts(file: string, env: NodeJS.ProcessEnv) {
  const { value } = await read(file, onboardingDocument(new Date(0)), env);
  const { slug, manager, contacts } = value;
  return { slug, manager, contacts };
}

const SourceFile = strict({ source: customerSource });

/** A file with a `source:` as in the customer's own. @throws CommandFailed, ProblemsFound */
export async function readSourceFile(file: string, env: NodeJS.ProcessEnv) {
  const { value, secrets } = await read(file, SourceFile, env);
  const credentials = await credentialsOf(value.source, secrets);
  if (secrets.problems.length > 0) throw new ProblemsFound(file, secrets.problems);
  return { source: value.source, credentials };
}

/** What starts the workflow: ids, dates and numbers alone. */
export function toOrder({ slug, manager, onboarding }: OnboardingDocument, by: string | undefined): OnboardingOrder {
  const { start, source, holidays, durations, speed } = onboarding;
  const named = Object.entries(durations ?? {}).filter(([, days]) => days !== undefined);
  return {
    customer: slug,
    start,
    source,
    requestedBy: by ?? manager,
    ...(holidays === undefined ? {} : { holidays: [...holidays].sort() }),
    ...(named.length === 0 ? {} : { durations: Object.fromEntries(named) }),
    ...(speed === undefined ? {} : { speed }),
  };
}

async function read<Value>(file: string, schema: z.ZodType<Value>, env: NodeJS.ProcessEnv) {
  const found = readYaml(await readTextFile(file), schema);
  if ('problems' in found) throw new ProblemsFound(file, found.problems);
  return { value: found.value, secrets: new Secrets(found.places, dirname(resolve(file)), env) };
}

/** Our own drop has a login that is made anew, and no secret of the customer's. */
async function credentialsOf(source: SourceDocument, secrets: Secrets): Promise<SourceCredentials | null> {
  return source.kind === 'drop' ? null : secrets.ofSource(source);
}
