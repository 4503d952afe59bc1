import ssh2 from 'ssh2';

export interface KeyPair {
  /** OpenSSH's private key format. */
  readonly privateKey: string;
  /** As a line of `authorized_keys`. */
  readonly publicKey: string;
}

/**
 * A new ed25519 key pair that can surely be read again: one in 256 that ssh2 1.17 makes has a public key that begins with a
 * zero byte, which it loses, and which then nobody can read.
 */
export function generateKeyPair(comment: string): KeyPair {
  for (;;) {
    const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync('ed25519', { comment });
    if (isReadable(privateKey) && isReadable(publicKey)) return { privateKey, publicKey };
  }
}

function isReadable(key: string): boolean {
  return !(ssh2.utils.parseKey(key) instanceof Error);
}
