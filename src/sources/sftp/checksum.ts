import { posix } from 'node:path';
import type { SFTPWrapper } from 'ssh2';
import { SourceDamaged } from '../errors.js';
import type { RemoteEntry } from './listing.js';
import { RemoteFile } from './remote-file.js';

/** A file of this name beside a delivery holds its SHA-256, as `sha256sum` and its kin write it. */
export const CHECKSUM_SUFFIX = '.sha256';

const MOST_BYTES = 4_096;

export function isChecksum(name: string): boolean {
  return name.toLowerCase().endsWith(CHECKSUM_SUFFIX);
}

/** The checksum file of a delivery; null: the customer gives none. */
export function checksumOf(entries: readonly RemoteEntry[], file: RemoteEntry): RemoteEntry | null {
  return entries.find(({ name }) => name === `${file.name}${CHECKSUM_SUFFIX}`) ?? null;
}

/** The SHA-256 that a delivery must have, in small hexadecimal letters. @throws SourceDamaged when the checksum file holds none. */
export async function readChecksum(
  sftp: SFTPWrapper,
  folder: string,
  checksum: RemoteEntry,
  timeoutMs: number,
): Promise<string> {
  const file = await RemoteFile.open(sftp, posix.join(folder, checksum.name), timeoutMs);
  const text = await file.read(0, MOST_BYTES).finally(() => file.close());
  const found = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i.exec(text.toString('latin1'));
  if (found === null)
    throw new SourceDamaged(`the file beside it, the same name with "${CHECKSUM_SUFFIX}", holds none`);
  return found[0].toLowerCase();
}
