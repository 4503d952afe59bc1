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

/** The newest code that was mailed to a contact, about words in its subject. */
export async function codeFor(folder: string, contactId: string, about: string): Promise<string | null> {
  const mails = await mailsTo(folder, 'approval-code', contactId);
  const codes = mails
    .filter(({ content }) => content.includes(about))
    .map(({ content }) => /\b([0-9A-Z]{4}-[0-9A-Z]{4})\b/.exec(content)?.[1]);
  return codes.at(-1) ?? null;
}
