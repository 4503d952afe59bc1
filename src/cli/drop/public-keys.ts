import { parsePublicKeys } from '../../drop/public-keys.js';
import { readTextFile } from '../read-file.js';

/** The keys of OpenSSH's `.pub` files. @throws UnusablePublicKey, CommandFailed */
export async function readPublicKeys(files: readonly string[]): Promise<readonly string[]> {
  const keys = await Promise.all(files.map(async (file) => parsePublicKeys(await readTextFile(file), file)));
  return [...new Set(keys.flat())];
}
