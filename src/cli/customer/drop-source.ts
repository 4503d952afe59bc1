import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { SftpSettings } from '../../connections/sources.js';
import { hashPassword } from '../../drop/password.js';
import type { StackAddresses } from '../../stack/stack-file.js';
import type { NewDropAccount } from '../../store/drop-accounts.js';
import type { CustomerId } from '../../sync/ids.js';
import { CommandFailed } from '../errors.js';
import type { DropSourceDocument } from './document.js';

/** A source that reads our own drop, with the login of our reading side. */
export interface DropSource {
  readonly settings: SftpSettings;
  readonly password: string;
  readonly account: NewDropAccount;
}

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** Makes a login for our intake with a password that nobody knows, and settings that point at the drop. @throws CommandFailed */
export async function makeDropSource(
  customer: CustomerId,
  document: DropSourceDocument,
  stack: StackAddresses | null,
  maxFileBytes: number,
): Promise<DropSource> {
  const { host, port, hostKeyFingerprint } = addressOf(document, stack);
  const userName = intakeUserName(customer);
  const password = randomBytes(24).toString('base64url');
  return {
    password,
    settings: {
      ...{ host, port, userName, folder: '.', pattern: document.pattern ?? '*.csv' },
      hostKeyFingerprints: [hostKeyFingerprint],
      completeness: { kind: 'atomic' },
      archiveFolder: 'archive',
    },
    account: {
      ...{ userName, customer, maxFileBytes, access: 'fetch', publicKeys: [] },
      passwordHash: await hashPassword(password),
      allowedFrom: allowedFrom(document, host),
    },
  };
}

/** The login of our own reading side. */
export function intakeUserName(customer: CustomerId): string {
  return `${customer}-intake`;
}

function addressOf(document: DropSourceDocument, stack: StackAddresses | null) {
  const running = stack?.drop ?? null;
  const host = document.host ?? reachableHost(running?.host);
  const port = document.port ?? running?.port;
  const hostKeyFingerprint = document.hostKeyFingerprint ?? running?.hostKeyFingerprint;
  if (host === undefined || port === undefined || hostKeyFingerprint === undefined) {
    throw new CommandFailed(
      'No drop is running on this data folder, so its address is not known. Nothing was changed. ' +
        'Start the stack with "npm start", or give host, port and hostKeyFingerprint under `source`.',
    );
  }
  return { host, port, hostKeyFingerprint };
}

/** A drop that listens everywhere is reached here. */
function reachableHost(host: string | undefined): string | undefined {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** Only our own side reads. Where that is not this machine, its addresses are given. */
function allowedFrom({ fetchFrom }: DropSourceDocument, host: string): readonly string[] {
  if (fetchFrom !== undefined) return fetchFrom;
  if (isIP(host) === 4 ? host.startsWith('127.') : host === '::1' || host === 'localhost') return LOOPBACK;
  throw new CommandFailed(
    `The drop at ${host} is not on this machine, so it must be said from where our workers read it. Nothing was changed. ` +
      'Give their addresses as `fetchFrom` under `source`.',
  );
}
