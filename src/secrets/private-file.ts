import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnusableMasterKey } from './errors.js';

/**
 * The text of a file that only its owner may read; null when there is none.
 * @throws UnusableMasterKey when others may read it, with the command that mends it.
 */
export async function readPrivateFile(path: string): Promise<string | null> {
  const file = await stat(path).catch(nullWhenMissing);
  if (file === null) return null;
  if ((file.mode & 0o077) !== 0) {
    throw new UnusableMasterKey(
      `${path} can be read by others than its owner (mode ${(file.mode & 0o777).toString(8)}). ` +
        `Nothing was started. Mend it with: chmod 600 ${path}`,
    );
  }
  return readFile(path, 'utf8');
}

/** Writes it whole or not at all, mode 0600. Answers false, and writes nothing, when the file is there already. */
export async function createPrivateFile(path: string, text: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    await writeThrough(unfinished, text);
    // A link, and not a rename: of two processes that start at once, one must lose.
    return await link(unfinished, path).then(() => true, falseWhenTaken);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Makes names in a folder survive a power cut, which syncing a file alone does not. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

function falseWhenTaken(error: NodeJS.ErrnoException): boolean {
  if (error.code === 'EEXIST') return false;
  throw error;
}
