import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { domainOf, type MailAddress } from './address.js';
import { composeMail, UnusableMail } from './compose.js';
import type { MailMessage } from './message.js';
import type { Mailer, SendResult } from './transport.js';
import { UnderWay } from './under-way.js';

/** Writes mails as `.eml` files, which mail programs open, into a folder. */
export function outboxMailer(sender: MailAddress, folder: string): Mailer {
  const underWay = new UnderWay();
  return {
    domain: domainOf(sender.address),
    send: (message) => underWay.add(put(sender, resolve(folder), message)),
    close: () => underWay.settled(),
  };
}

async function put(sender: MailAddress, folder: string, message: MailMessage): Promise<SendResult> {
  try {
    const { raw } = await composeMail(sender, message);
    const place = join(folder, fileNameOf(message, new Date()));
    await writeWhole(place, raw);
    return { outcome: 'sent', place };
  } catch (error) {
    if (error instanceof UnusableMail) return { outcome: 'not_sent', retryable: false, problem: error.message };
    const problem = `The mail could not be written into the outbox (${codeOf(error)}).`;
    return { outcome: 'not_sent', retryable: true, problem };
  }
}

/** Sorts by time; a name or an address of somebody is not in it. */
function fileNameOf({ kind, contactId, messageId }: MailMessage, now: Date): string {
  const time = now.toISOString().replaceAll(':', '-');
  const words = [kind, contactId].map((word) => word.replace(/[^\w-]/g, '_'));
  return `${[time, ...words, messageId.slice(1, 9)].join('_')}.eml`;
}

/** Visible only when every byte is on the disk. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.part`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    // From here on it is there, whatever else fails.
    await syncFolder(dirname(path)).catch(() => undefined);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Makes the name survive a power cut, which syncing the file alone does not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
