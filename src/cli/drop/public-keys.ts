import ssh2 from 'ssh2';
import { CommandFailed } from '../errors.js';
import { readTextFile } from '../read-file.js';

/** The keys of OpenSSH's `.pub` files, one a line, without their comments. @throws CommandFailed */
export async function readPublicKeys(files: readonly string[]): Promise<readonly string[]> {
  const keys = await Promise.all(files.map(async (file) => keysOf(file, await readTextFile(file))));
  return [...new Set(keys.flat())];
}

function keysOf(file: string, text: string): readonly string[] {
  if (text.includes('PRIVATE KEY')) {
    throw new CommandFailed(
      `${file} is a private key, which nobody may hand over. Nothing was changed. Use the public one beside it, ${file}.pub, ` +
        'and make a new pair if this file came by mail.',
    );
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const keys = lines.map((line) => line.trim().split(/\s+/).slice(0, 2).join(' '));
  if (keys.length === 0 || keys.some((key) => ssh2.utils.parseKey(key) instanceof Error)) {
    throw new CommandFailed(
      `${file} holds no public key in OpenSSH's format (ssh-ed25519 AAAA...). Nothing was changed.`,
    );
  }
  return keys;
}
