import { readFile } from 'node:fs/promises';
import { CommandFailed } from './errors.js';

/** The text of a file that the command line names. @throws CommandFailed in words for a person. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

export function unreadable(path: string, error: unknown): CommandFailed {
  const code = codeOf(error);
  const reason = REASONS[code] ?? `it cannot be read${code === '' ? '' : ` (${code})`}`;
  return new CommandFailed(`${path}: ${reason}. Nothing was changed.`);
}

export function unwritable(path: string, error: unknown): CommandFailed {
  const code = codeOf(error);
  return new CommandFailed(
    `${path} could not be written${code === '' ? '' : ` (${code})`}. What it would hold is kept; ask for it again with another file.`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EISDIR: 'this is a folder, and a file is needed',
};
