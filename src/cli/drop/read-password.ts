import { createInterface } from 'node:readline/promises';
import { CommandFailed } from '../errors.js';

const SHORTEST = 12;

/** The first line of standard input, so that a password stands in no command line and no history. @throws CommandFailed */
export async function readPassword(): Promise<string> {
  const password = (await firstLine()) ?? '';
  if (password.length >= SHORTEST) return password;
  throw new CommandFailed(
    password === ''
      ? 'No password came on standard input. Nothing was changed. Give it as: printf %s "$PASSWORD" | usersync drop account add ...'
      : `The password is shorter than ${SHORTEST} letters. Nothing was changed. Choose a longer one, or --generate-password.`,
  );
}

async function firstLine(): Promise<string | null> {
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line;
    return null;
  } finally {
    lines.close();
  }
}
