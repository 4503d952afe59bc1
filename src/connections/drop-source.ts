import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { hashPassword } from '../drop/password.js';
import type { NewDropAccount } from '../store/drop-accounts.js';
import type { DropAddress } from '../store/drop-sources.js';
import type { CustomerId } from '../sync/ids.js';
import type { SftpSettings } from './sources.js';

/** How our own side reads the drop. */
export interface DropReading extends DropAddress {
  /** Addresses and ranges from which our workers come. */
  readonly readFrom: readonly string[];
  /** Names of the files that are records. Default `*.csv`. */
  readonly pattern?: string | undefined;
}

/** A source that reads our own drop, with the login of our reading side. */
export interface DropSource {
  readonly settings: SftpSettings;
  readonly password: string;
  readonly account: NewDropAccount;
}

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** Makes a login for our intake with a password that nobody knows, and settings that point at the drop. */
export async function makeDropSource(
  customer: CustomerId,
  { host, port, hostKeyFingerprint, readFrom, pattern = '*.csv' }: DropReading,
  maxFileBytes: number,
): Promise<DropSource> {
  const userName = intakeUserName(customer);
  const password = randomBytes(24).toString('base64url');
  return {
    password,
    settings: {
      ...{ host, port, userName, folder: '.', pattern },
      hostKeyFingerprints: [hostKeyFingerprint],
      completeness: { kind: 'atomic' },
      archiveFolder: 'archive',
    },
    account: {
      ...{ userName, customer, maxFileBytes, access: 'fetch', publicKeys: [] },
      passwordHash: await hashPassword(password),
      allowedFrom: readFrom,
    },
  };
}

/** The login of our own reading side. */
export function intakeUserName(customer: CustomerId): string {
  return `${customer}-intake`;
}

/** A drop that listens everywhere is reached here. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** From where our side reads a drop on this machine; null for one elsewhere, where it has to be said. */
export function readFromHere(host: string): readonly string[] | null {
  const isHere = isIP(host) === 4 ? host.startsWith('127.') : host === '::1' || host === 'localhost';
  return isHere ? LOOPBACK : null;
}
