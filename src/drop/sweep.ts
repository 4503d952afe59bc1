import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Longer than any live upload goes without a write, since an idle connection is ended before. */
const ABANDONED_AFTER_MS = 3_600_000;

/** Removes what a killed drop left half written, and delivered files whose time is over. */
export async function sweep(root: string, asideFolder: string, keepArchivedMs: number | null): Promise<void> {
  await removeOlder(asideFolder, ABANDONED_AFTER_MS);
  if (keepArchivedMs === null) return;
  for (const customer of await readdir(root)) await removeOlder(join(root, customer, 'archive'), keepArchivedMs);
}

async function removeOlder(folder: string, ageMs: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => null);
    if (stats?.isFile() && Date.now() - stats.mtimeMs > ageMs) await rm(path, { force: true });
  }
}
