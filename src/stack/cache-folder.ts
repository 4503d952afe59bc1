import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { waitForLock } from './lock-file.js';

/** Where downloads and builds are kept for all stacks of this user: `$XDG_CACHE_HOME/usersync`, else `~/.cache/usersync`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const chosen = env['XDG_CACHE_HOME'];
  return join(chosen && isAbsolute(chosen) ? chosen : join(env['HOME'] || homedir(), '.cache'), 'usersync');
}

export interface CachedFile {
  /** Where the finished file or folder stands. */
  readonly path: string;
  /** Makes it in an empty folder, proves that it works, and answers its path there. */
  readonly make: (folder: string) => Promise<string>;
  readonly log: (step: string) => void;
}

/**
 * Answers the path of something that takes long to make, and makes it when it is not there: one process at a time,
 * beside its place, and renamed when it is whole. What was cut off is removed, never used.
 * @throws what `make` throws; nothing is left then.
 */
export async function keepInCache({ path, make, log }: CachedFile): Promise<string> {
  if (existsSync(path)) return path;
  const lock = await waitForLock(`${path}.lock`, ({ pid }) => log(`Waiting for process ${pid}, which makes ${path}.`));
  try {
    if (!existsSync(path)) await makeBeside(path, make);
    return path;
  } finally {
    lock.release();
  }
}

/** The lock is ours: whatever lies in the unfinished folder is of a process that is gone. */
async function makeBeside(path: string, make: CachedFile['make']): Promise<void> {
  const folder = `${path}.unfinished`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  try {
    renameSync(await make(folder), path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
