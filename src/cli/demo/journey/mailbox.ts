import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailed } from '../../errors.js';

const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 60_000;

/** What was mailed to the contacts of the journey, read from the folder into which mail goes without a mail server. */
export class Mailbox {
  constructor(private readonly folder: string) {}

  /** The newest code that was mailed to `contact` with `about` in its mail. @throws CommandFailed when none comes */
  async code(contact: string, about: string): Promise<string> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(LOOK_EVERY_MS)) {
      const found = await newestCode(this.folder, contact, about);
      if (found !== null) return found;
    }
    throw new CommandFailed(`No code about "${about}" was mailed to ${contact}. Mail goes into ${this.folder}.`);
  }
}

/** The newest code in an outbox that was mailed to `contact` with `about` in its mail; null: none. */
export async function newestCode(outbox: string, contact: string, about: string): Promise<string | null> {
  const names = (await readdir(outbox).catch(() => []))
    .filter((name) => name.endsWith('.eml') && name.includes(`_approval-code_${contact}_`))
    .toSorted();
  for (const name of names.toReversed()) {
    const mail = unfolded(await readFile(join(outbox, name), 'utf8'));
    const code = /\b([0-9A-Z]{4}-[0-9A-Z]{4})\b/.exec(mail)?.[1];
    if (code !== undefined && mail.includes(about)) return code;
  }
  return null;
}

/** Mails are cut into lines where words stood together (RFC 5322, 2.2.3; RFC 2045, 6.7). */
function unfolded(mail: string): string {
  return mail.replace(/=\r?\n/g, '').replace(/\r?\n[ \t]+/g, ' ');
}
