import { statfs } from 'node:fs/promises';
import { DiskFull } from './errors.js';

/** Looks before the first byte is written. @throws DiskFull */
export async function refuseWithoutRoom(folder: string, bytesNeeded: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free !== null && free < bytesNeeded) throw new DiskFull(folder, bytesNeeded, free);
}

/** Says it in words when an error means that a disk or a quota is full; any other error comes back as it is. */
export async function asDiskFull(error: unknown, folder: string, bytesNeeded: number): Promise<unknown> {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') return error;
  return new DiskFull(folder, bytesNeeded, await freeBytes(folder));
}

/** Null where the file system cannot say. */
async function freeBytes(folder: string): Promise<number | null> {
  return statfs(folder).then(
    (disk) => disk.bavail * disk.bsize,
    () => null,
  );
}
