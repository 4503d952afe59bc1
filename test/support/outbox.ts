import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail in the outbox of a test. */
export interface OutboxMail {
  readonly name: string;
  readonly content: string;
}

/** Mails of a kind to a contact, the oldest first. */
export async function mailsTo(folder: string, kind: string, contactId: string): Promise<readonly OutboxMail[]> {
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith('.eml') && name.includes(kind) && name.includes(`_${contactId}_`))
    .toSorted();
  return Promise.all(names.map(async (name) => ({ name, content: await readFile(join(folder, name), 'utf8') })));
}

export { newestCode as codeFor } from '../../src/cli/demo/journey/mailbox.js';
