import ssh2 from 'ssh2';

/** What should be a public key is none. */
export class UnusablePublicKey extends Error {
  override readonly name = 'UnusablePublicKey';
}

/**
 * The keys of OpenSSH's `.pub` format, one a line, without their comments.
 * @throws UnusablePublicKey; `source` is how the sentence calls the text.
 */
export function parsePublicKeys(text: string, source: string): readonly string[] {
  if (text.includes('PRIVATE KEY')) {
    throw new UnusablePublicKey(
      `${source} is a private key, which nobody may hand over. Nothing was changed. Use the public one beside it, ` +
        'whose name ends in .pub, and make a new pair if this one came by mail.',
    );
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const keys = lines.map((line) => line.trim().split(/\s+/).slice(0, 2).join(' '));
  if (keys.length === 0 || keys.some((key) => ssh2.utils.parseKey(key) instanceof Error)) {
    throw new UnusablePublicKey(
      `${source} holds no public key in OpenSSH's format (ssh-ed25519 AAAA...). Nothing was changed.`,
    );
  }
  return [...new Set(keys)];
}
