import { posix } from 'node:path';
import type SftpClient from 'ssh2-sftp-client';
import type { RemoteEntry } from './listing.js';

export interface Archive {
  /** Absolute. */
  readonly folder: string;
  /** Absolute. */
  readonly archiveFolder: string;
  /** The suffixes of what belongs to the file and goes with it: its marker, its checksum. */
  readonly companions: readonly string[];
}

/**
 * Moves a file that was read to the archive folder, with the time of the move before its name. Answers false when the account
 * may not, and when the file is no longer the one that was read: then it is a new delivery, and stays.
 */
export async function moveToArchive(
  client: SftpClient,
  file: RemoteEntry,
  archive: Archive,
  now: Date,
): Promise<boolean> {
  const path = posix.join(archive.folder, file.name);
  const found = await client.stat(path).catch(() => null);
  if (found === null || found.size !== file.size || found.modifyTime !== file.modifiedMs) return false;
  const target = posix.join(archive.archiveFolder, `${timestamp(now)}-${file.name}`);
  const isMoved = (await move(client, path, target)) || (await moveToNewFolder(client, path, target));
  if (isMoved) for (const suffix of archive.companions) await move(client, path + suffix, target + suffix);
  return isMoved;
}

async function moveToNewFolder(client: SftpClient, path: string, target: string): Promise<boolean> {
  const isMade = await succeeds(client.mkdir(posix.dirname(target), true));
  return isMade && move(client, path, target);
}

function move(client: SftpClient, path: string, target: string): Promise<boolean> {
  return succeeds(client.rename(path, target));
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** `20260131T063000123Z`: sorts by time, and no server refuses a character of it. */
function timestamp(now: Date): string {
  return now.toISOString().replace(/[-:.]/g, '');
}
