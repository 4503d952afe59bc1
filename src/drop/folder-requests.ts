import { lstat, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileEntry } from 'ssh2';
import { normalise } from './account-folder.js';
import { attributesOf, DONE, END, entryOf, type Answer } from './answer.js';
import { announceUpload, refuseRoot, refuseUnlessArchive, refuseUnlessUploader, type Session } from './session.js';
import { SftpFailure } from './sftp-failure.js';

/** Names in one answer, so that an answer stays below the 34 kB that clients accept. */
const NAMES_AT_ONCE = 50;

export async function openFolder({ folder, handles }: Session, path: string): Promise<Answer> {
  handles.refuseWhenFull();
  const place = await folder.find(path);
  if (!place.stats.isDirectory()) throw new SftpFailure('failure', 'This is a file, not a folder.');
  return { kind: 'handle', handle: handles.add({ kind: 'listing', entries: await entriesOf(place.onDisk) }) };
}

export function readFolder({ handles }: Session, handle: Buffer): Answer {
  const entries = handles.get(handle, 'listing').entries.splice(0, NAMES_AT_ONCE);
  return entries.length === 0 ? END : { kind: 'names', entries };
}

export async function attributes({ folder }: Session, path: string): Promise<Answer> {
  const { stats } = await folder.find(path);
  return { kind: 'attributes', attributes: attributesOf(stats) };
}

/** As `setFileAttributes`: taken politely, not kept. */
export async function setAttributes({ folder }: Session, path: string): Promise<Answer> {
  await folder.find(path);
  return DONE;
}

export function realPath(path: string): Answer {
  const filename = normalise(path);
  return { kind: 'names', entries: [{ filename, longname: filename, attrs: NO_ATTRIBUTES }] };
}

export async function makeFolder(session: Session, path: string): Promise<Answer> {
  const place = await session.folder.locate(path);
  refuseUnlessArchive(session, place);
  await mkdir(place.onDisk, { mode: 0o700 });
  return DONE;
}

export async function removeFile(session: Session, path: string): Promise<Answer> {
  refuseUnlessUploader(session);
  const place = await session.folder.find(path);
  if (place.stats.isDirectory()) throw new SftpFailure('failure', 'This is a folder, not a file.');
  await rm(place.onDisk);
  session.log.info(
    { customer: session.account.customer, userName: session.account.userName, path: place.path },
    'removed',
  );
  return DONE;
}

export async function removeFolder(session: Session, path: string): Promise<Answer> {
  refuseUnlessUploader(session);
  const place = await session.folder.find(path);
  refuseRoot(place);
  await rmdir(place.onDisk);
  return DONE;
}

/** Replaces a file of the new name, as servers do on which people rename `x.tmp` to the same `x.csv` every day. */
export async function renamePath(session: Session, oldPath: string, newPath: string): Promise<Answer> {
  const from = await session.folder.find(oldPath);
  const to = await session.folder.locate(newPath);
  refuseRoot(from);
  refuseRoot(to);
  refuseUnlessArchive(session, to);
  await rename(from.onDisk, to.onDisk);
  if (from.stats.isFile() && from.path !== to.path) announceUpload(session, to.path, from.stats.size);
  return DONE;
}

const NO_ATTRIBUTES = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

/** Files and folders only: a link that somebody made on this machine is not shown. */
async function entriesOf(onDisk: string): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const name of (await readdir(onDisk)).sort()) {
    const stats = await lstat(join(onDisk, name)).catch(() => null);
    if (stats?.isFile() || stats?.isDirectory()) entries.push(entryOf(name, stats));
  }
  return entries;
}
