import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import ssh2 from 'ssh2';
import { generateKeyPair } from './key-pair.js';

/** The key by which customers know the drop. */
export interface HostKey {
  /** OpenSSH's private key format. */
  readonly privateKey: string;
  /** As OpenSSH prints it: `SHA256:...`. */
  readonly fingerprint: string;
}

/** The drop's host key cannot be used. Thrown at start; it is never replaced by itself, since customers have pinned it. */
export class UnusableHostKey extends Error {
  override readonly name = 'UnusableHostKey';
}

/** Reads the host key, or makes it at the first start. @throws UnusableHostKey */
export async function loadHostKey(path: string): Promise<HostKey> {
  if (!(await isPresent(path))) await create(path);
  return read(path);
}

/** The host key of a drop that runs elsewhere, on a folder that we see; null when it has none yet. @throws UnusableHostKey */
export async function findHostKey(path: string): Promise<HostKey | null> {
  return (await isPresent(path)) ? read(path) : null;
}

async function read(path: string): Promise<HostKey> {
  await refuseWhenOthersMayRead(path);
  const privateKey = await readFile(path, 'utf8');
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error || Array.isArray(parsed)) {
    throw new UnusableHostKey(
      `${path} holds no host key that can be read. The drop was not started and the file was not changed. ` +
        `Restore it from a backup; or remove it to get a new one, and tell every customer its new fingerprint.`,
    );
  }
  return { privateKey, fingerprint: fingerprintOf(parsed.getPublicSSH()) };
}

/** `SHA256:` and unpadded base64, of a public key in SSH's wire format. */
export function fingerprintOf(publicKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

/** Of two processes that start at once the first one's key stays: a link never replaces. */
async function create(path: string): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.part`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(unfinished, generateKeyPair('drop').privateKey, { mode: 0o600, flag: 'wx', flush: true });
    await link(unfinished, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { force: true });
  }
}

function isPresent(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

async function refuseWhenOthersMayRead(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return;
  throw new UnusableHostKey(
    `${path} can be read by others than its owner (mode ${(mode & 0o777).toString(8)}). ` +
      `The drop was not started. Mend it with: chmod 600 ${path}`,
  );
}
