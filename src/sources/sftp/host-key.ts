import { createHash } from 'node:crypto';
import ssh2 from 'ssh2';
import { SourceUnreachable } from '../errors.js';
import { DEFAULT_TIMEOUT_MS } from './settings.js';

/** The fingerprint of a public key as OpenSSH prints it: `SHA256:` and unpadded base64. */
export function fingerprintOf(publicKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

/** Whether two texts mean the same key: with or without padding, with or without spaces around. */
export function isSameFingerprint(one: string, other: string): boolean {
  return normalise(one) === normalise(other);
}

/** Whether a text can be a fingerprint at all. MD5 (`aa:bb:...`) cannot. */
export function isFingerprint(text: string): boolean {
  return /^SHA256:[A-Za-z0-9+/]{43}$/.test(normalise(text));
}

/**
 * The key that a host presents now, for a person to compare with what the customer says. Nothing is logged in.
 * @throws SourceUnreachable
 */
export function fingerprint(host: string, port: number, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('error', (error) => reject(new SourceUnreachable(`${host}:${port}`, error.message, { cause: error })));
    client.on('close', () => reject(new SourceUnreachable(`${host}:${port}`, 'it hung up before it showed a key')));
    const hostVerifier = (key: Buffer): boolean => {
      resolve(fingerprintOf(key));
      return false;
    };
    client.connect({ host, port, username: 'nobody', readyTimeout: timeoutMs, hostVerifier });
  });
}

function normalise(text: string): string {
  return text.trim().replace(/=+$/, '');
}
