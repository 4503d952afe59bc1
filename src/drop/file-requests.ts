import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { Attributes } from 'ssh2';
import ssh2 from 'ssh2';
import type { Place } from './account-folder.js';
import { attributesOf, DONE, END, type Answer } from './answer.js';
import { announceUpload, refuseRoot, refuseUnlessUploader, type Session } from './session.js';
import { SftpFailure } from './sftp-failure.js';
import { Upload } from './upload.js';

const { APPEND, EXCL, TRUNC, WRITE } = ssh2.utils.sftp.OPEN_MODE;

/** More than any client asks for at once. */
const MOST_READ_BYTES = 256 * 1024;

export async function openFile(session: Session, path: string, flags: number): Promise<Answer> {
  session.handles.refuseWhenFull();
  const isForWriting = (flags & (WRITE | APPEND)) !== 0;
  return isForWriting ? openForWriting(session, path, flags) : openForReading(session, path);
}

export async function readFile({ handles }: Session, handle: Buffer, offset: number, length: number): Promise<Answer> {
  const { file } = handles.get(handle, 'file');
  const buffer = Buffer.allocUnsafe(Math.min(length, MOST_READ_BYTES));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
  return bytesRead === 0 ? END : { kind: 'data', data: buffer.subarray(0, bytesRead) };
}

export async function writeFile({ handles }: Session, handle: Buffer, offset: number, data: Buffer): Promise<Answer> {
  await handles.get(handle, 'upload').upload.write(offset, data);
  return DONE;
}

/** The one moment at which an upload becomes visible. */
export async function closeHandle(session: Session, handle: Buffer): Promise<Answer> {
  const thing = session.handles.take(handle);
  if (thing.kind === 'file') await thing.file.close();
  if (thing.kind === 'upload') {
    const bytes = await thing.upload.finish();
    announceUpload(session, thing.upload.target.path, bytes);
  }
  return DONE;
}

export async function fileAttributes({ handles }: Session, handle: Buffer): Promise<Answer> {
  const thing = handles.get(handle, 'file', 'upload');
  if (thing.kind === 'file') return { kind: 'attributes', attributes: attributesOf(await thing.file.stat()) };
  const now = Math.floor(Date.now() / 1000);
  const attributes = { mode: 0o100600, uid: 0, gid: 0, size: thing.upload.bytes, atime: now, mtime: now };
  return { kind: 'attributes', attributes };
}

/** Times and modes are taken politely and not kept: the newest delivery is the one that arrived last, whatever it says. */
export function setFileAttributes({ handles }: Session, handle: Buffer, wanted: Partial<Attributes>): Answer {
  const thing = handles.get(handle, 'file', 'upload');
  const isNewSize = wanted.size !== undefined && (thing.kind === 'file' || wanted.size !== thing.upload.bytes);
  if (isNewSize)
    throw new SftpFailure('unsupported', 'A file cannot be cut or extended here. Please deliver it whole.');
  return DONE;
}

async function openForReading({ folder, handles }: Session, path: string): Promise<Answer> {
  const place = await folder.find(path);
  if (!place.stats.isFile()) throw new SftpFailure('failure', 'This is a folder, not a file.');
  const file = await open(place.onDisk, constants.O_RDONLY | constants.O_NOFOLLOW);
  return { kind: 'handle', handle: handles.add({ kind: 'file', file }) };
}

async function openForWriting(session: Session, path: string, flags: number): Promise<Answer> {
  refuseUnlessUploader(session);
  const place = await session.folder.locate(path);
  refuseRoot(place);
  await refuseUnlessReplaceable(place, flags);
  const upload = await Upload.begin(place, session.asideFolder, session.account.maxFileBytes);
  return { kind: 'handle', handle: session.handles.add({ kind: 'upload', upload }) };
}

async function refuseUnlessReplaceable({ onDisk }: Place, flags: number): Promise<void> {
  const present = await lstat(onDisk).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (present === null) return;
  if (!present.isFile()) throw new SftpFailure('failure', 'There is a folder of this name already.');
  if ((flags & EXCL) !== 0) throw new SftpFailure('failure', 'There is a file of this name already.');
  if ((flags & APPEND) !== 0 || (flags & TRUNC) === 0) {
    throw new SftpFailure(
      'unsupported',
      'Appending to a file, or resuming an upload, is not possible here. Nothing was changed. Please deliver the file whole.',
    );
  }
}
