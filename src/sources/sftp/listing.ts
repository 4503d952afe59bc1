import type SftpClient from 'ssh2-sftp-client';
import { SourceMissing, SourceStillGrowing } from '../errors.js';
import { isChecksum } from './checksum.js';
import { matches } from './pattern.js';
import type { Completeness, SftpSettings } from './settings.js';

/** A file as the server lists it. */
export interface RemoteEntry {
  readonly name: string;
  readonly size: number;
  /** Whole seconds, in milliseconds. */
  readonly modifiedMs: number;
}

/** The newest file that matches. @throws SourceMissing */
export function newestOf(entries: readonly RemoteEntry[], settings: SftpSettings): RemoteEntry {
  const candidates = entries.filter(
    ({ name }) => matches(name, settings.pattern) && !isMarker(name, settings.completeness) && !isChecksum(name),
  );
  const [newest] = candidates.sort(newestFirst);
  if (newest) return newest;
  const [newestOther] = [...entries].sort(newestFirst);
  throw new SourceMissing(settings.folder, settings.pattern, {
    files: entries.length,
    newest: newestOther ? new Date(newestOther.modifiedMs) : null,
  });
}

/** @throws SourceStillGrowing when the file has no marker, or one of an earlier delivery. */
export function refuseWithoutMarker(entries: readonly RemoteEntry[], file: RemoteEntry, suffix: string): void {
  const marker = entries.find(({ name }) => name === `${file.name}${suffix}`);
  if (!marker) throw new SourceStillGrowing(`its marker, the same name with "${suffix}", is not there yet`);
  if (marker.modifiedMs < file.modifiedMs) {
    throw new SourceStillGrowing('its marker is older than the file, so it belongs to an earlier delivery');
  }
}

/** Whether nothing of it changed between two looks. */
export function isSame(one: RemoteEntry, other: RemoteEntry): boolean {
  return one.name === other.name && one.size === other.size && one.modifiedMs === other.modifiedMs;
}

/** Files only, and what may be one: servers show a link to a file as a link. */
export async function listFiles(client: SftpClient, folder: string): Promise<readonly RemoteEntry[]> {
  const entries = await client.list(folder, ({ type }) => type !== 'd');
  return entries.map(({ name, size, modifyTime }) => ({ name, size, modifiedMs: modifyTime }));
}

/** Of two of the same second the later name wins, since names often hold a date. */
function newestFirst(one: RemoteEntry, other: RemoteEntry): number {
  return other.modifiedMs - one.modifiedMs || (one.name < other.name ? 1 : -1);
}

function isMarker(name: string, completeness: Completeness): boolean {
  return completeness.kind === 'marker' && name.endsWith(completeness.suffix);
}
