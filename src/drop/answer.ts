import type { Attributes, FileEntry, SFTPWrapper } from 'ssh2';
import type { Stats } from 'node:fs';
import { STATUS, type SftpFailure } from './sftp-failure.js';

/** What a request is answered with. */
export type Answer =
  | { readonly kind: 'done' }
  | { readonly kind: 'end' }
  | { readonly kind: 'handle'; readonly handle: Buffer }
  | { readonly kind: 'data'; readonly data: Buffer }
  | { readonly kind: 'names'; readonly entries: FileEntry[] }
  | { readonly kind: 'attributes'; readonly attributes: Attributes };

export const DONE: Answer = { kind: 'done' };
export const END: Answer = { kind: 'end' };

export function send(sftp: SFTPWrapper, request: number, answer: Answer): void {
  switch (answer.kind) {
    case 'done':
      return sftp.status(request, STATUS.ok);
    case 'end':
      return sftp.status(request, STATUS.endOfFile);
    case 'handle':
      return sftp.handle(request, answer.handle);
    case 'data':
      return sftp.data(request, answer.data);
    case 'names':
      return sftp.name(request, answer.entries);
    case 'attributes':
      return sftp.attrs(request, answer.attributes);
  }
}

export function sendFailure(sftp: SFTPWrapper, request: number, failure: SftpFailure): void {
  sftp.status(request, STATUS[failure.status], failure.message);
}

/** Owner and group of this machine are nobody's business. */
export function attributesOf({ mode, size, atimeMs, mtimeMs }: Stats): Attributes {
  return { mode, uid: 0, gid: 0, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) };
}

/** A line as `ls -l` prints it, which is what clients show and some even parse. */
export function entryOf(filename: string, stats: Stats): FileEntry {
  const kind = stats.isDirectory() ? 'drwx------' : '-rw-------';
  const size = String(stats.size).padStart(12);
  const longname = `${kind}    1 drop     drop     ${size} ${dateForListing(stats.mtime)} ${filename}`;
  return { filename, longname, attrs: attributesOf(stats) };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HALF_A_YEAR_MS = 182 * 24 * 3_600_000;

function dateForListing(date: Date): string {
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  const isRecent = Math.abs(Date.now() - date.getTime()) < HALF_A_YEAR_MS;
  return isRecent ? `${day} ${date.toISOString().slice(11, 16)}` : `${day}  ${date.getUTCFullYear()}`;
}
