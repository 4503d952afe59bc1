import { writeFile } from 'node:fs/promises';
import type { Output } from '../output.js';
import { unwritable } from '../read-file.js';

/** Writes to a file for its owner only, or to standard output. @throws CommandFailed */
export async function writeText(output: Output, text: string, path: string | null): Promise<void> {
  if (path === null) return output.write(text.trimEnd());
  try {
    await writeFile(path, text, { mode: 0o600 });
  } catch (error) {
    throw unwritable(path, error);
  }
  output.note(`It is in ${path}.`);
}
