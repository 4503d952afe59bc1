import { randomBytes } from 'node:crypto';
import { hashPassword } from '../drop/password.js';
import type { MasterKey } from '../secrets/master-key.js';
import type { SourceDetails } from '../store/customers.js';
import type { Database } from '../store/database.js';
import { saveDropAccount } from '../store/drop-accounts.js';
import type { CustomerId } from '../sync/ids.js';
import { sealSourceCredentials } from './credentials.js';
import type { SftpSettings } from './sources.js';

export interface DropAddress {
  readonly host: string;
  readonly port: number;
  readonly hostKeyFingerprint: string;
}

/** The source of a customer that uploads to our own drop. Its fetching account is made by `makeFetchAccount`. */
export function ownDropSource(
  key: MasterKey,
  customer: CustomerId,
  { host, port, hostKeyFingerprint }: DropAddress,
  password: string,
): SourceDetails {
  const settings: SftpSettings = {
    host,
    port,
    userName: fetchAccountName(customer),
    hostKeyFingerprints: [hostKeyFingerprint],
    folder: '/',
    pattern: '*.csv',
    completeness: { kind: 'atomic' },
    archiveFolder: 'archive',
  };
  return { kind: 'sftp', settings, credentials: sealSourceCredentials(key, customer, { password }) };
}

/** A password that nobody ever types. */
export function drawFetchPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** The account by which we fetch what the customer uploaded. The customer must exist. */
export async function makeFetchAccount(database: Database, customer: CustomerId, password: string): Promise<void> {
  await saveDropAccount(database, {
    userName: fetchAccountName(customer),
    customer,
    passwordHash: await hashPassword(password),
    publicKeys: [],
    allowedFrom: ['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
    maxFileBytes: 0,
    access: 'fetch',
  });
}

function fetchAccountName(customer: CustomerId): string {
  return `${customer}-intake`;
}
