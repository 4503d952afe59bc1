import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface FileCount {
  readonly files: number;
  readonly bytes: number;
}

/** How many files lie in a folder and below it; none where there is no such folder. */
export async function filesIn(root: string, folder: string): Promise<FileCount> {
  let [files, bytes] = [0, 0];
  for await (const file of walk(root, folder, [])) {
    files += 1;
    bytes += (await stat(join(root, file)).catch(() => null))?.size ?? 0;
  }
  return { files, bytes };
}

/** Files below `root` that hold one of these texts, as paths from there. Files that vanish meanwhile are passed over. */
export async function filesHolding(
  root: string,
  texts: readonly string[],
  { without, onProgress }: { readonly without: readonly string[]; readonly onProgress: () => void },
): Promise<readonly string[]> {
  const wanted = texts.map((text) => Buffer.from(text));
  const found: string[] = [];
  for await (const file of walk(root, '', without)) {
    onProgress();
    if (await holds(join(root, file), wanted)) found.push(file);
  }
  return found;
}

/** The lines of the log files of an installation on one machine; none where logs go elsewhere. */
export async function* linesOfLogs(root: string): AsyncGenerator<{ readonly name: string; readonly text: string }> {
  for await (const name of walk(root, 'logs', [])) {
    for await (const text of createInterface({ input: createReadStream(join(root, name)) })) yield { name, text };
  }
}

async function holds(path: string, wanted: readonly Buffer[]): Promise<boolean> {
  const overlap = Math.max(...wanted.map(({ length }) => length));
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const text = Buffer.concat([rest, piece]);
      if (wanted.some((sign) => text.includes(sign))) return true;
      rest = text.subarray(Math.max(0, text.length - overlap));
    }
  } catch {
    return false;
  }
  return false;
}

async function* walk(root: string, folder: string, without: readonly string[]): AsyncGenerator<string> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (without.includes(path)) continue;
    if (entry.isDirectory()) yield* walk(root, path, without);
    else if (entry.isFile()) yield path;
  }
}
