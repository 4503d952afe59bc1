import { z } from 'zod';
import type { KeyRing } from '../secrets/master-key.js';
import { createAfasSource } from '../sources/afas/afas-source.js';
import type { AfasSettings } from '../sources/afas/settings.js';
import type { SftpSettings as SftpConnectionSettings } from '../sources/sftp/settings.js';
import { createSftpSource } from '../sources/sftp/sftp-source.js';
import type { Source } from '../sources/source.js';
import { readCustomer } from '../store/customers.js';
import type { Database } from '../store/database.js';
import type { CustomerId } from '../sync/ids.js';
import { AfasSourceSettings } from './afas-settings.js';
import { openSourceCredentials, type SourceCredentials } from './credentials.js';
import { NoConnection } from './no-connection.js';

/** What is kept of an SFTP source, without its credentials. */
export const SftpSettings = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(22),
  userName: z.string().min(1),
  /** `SHA256:...`; more than one while a host changes its key. */
  hostKeyFingerprints: z.array(z.string().startsWith('SHA256:')).min(1),
  folder: z.string().default('.'),
  pattern: z.string().default('*.csv'),
  completeness: z
    .union([
      z.object({ kind: z.literal('stable'), forMs: z.number().int().min(0).default(30_000) }),
      z.object({ kind: z.literal('marker'), suffix: z.string().min(1) }),
      z.object({ kind: z.literal('atomic') }),
    ])
    .default({ kind: 'stable', forMs: 30_000 }),
  archiveFolder: z.string().nullable().default('archive'),
});

export type SftpSettings = z.infer<typeof SftpSettings>;

/** Opens customers' sources with their sealed credentials. */
export class OpenSources {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  /** @throws UnknownCustomer, NoConnection, WrongKey, Tampered */
  async open(customer: CustomerId): Promise<Source> {
    const described = await describeSource(this.database, this.keys, customer);
    return described.kind === 'afas' ? createAfasSource(described.settings) : createSftpSource(described.settings);
  }
}

/** A customer's source with its secrets, before anything is opened. A drop of ours is an SFTP server like any other. */
export type DescribedSource =
  | { readonly kind: 'sftp'; readonly settings: SftpConnectionSettings }
  | { readonly kind: 'afas'; readonly settings: AfasSettings };

/** @throws UnknownCustomer, NoConnection, WrongKey, Tampered */
export async function describeSource(
  database: Database,
  keys: KeyRing,
  customer: CustomerId,
): Promise<DescribedSource> {
  const { source } = await readCustomer(database, customer);
  if (source === null) throw new NoConnection(customer, 'source');
  const credentials = openSourceCredentials(keys, customer, source.credentials);
  if (source.kind !== 'afas') {
    const auth = toAuth(customer, credentials);
    return { kind: 'sftp', settings: { ...SftpSettings.parse(source.settings), auth, timeoutMs: 30_000 } };
  }
  if (!('token' in credentials)) throw new NoConnection(customer, 'source');
  return { kind: 'afas', settings: { ...AfasSourceSettings.parse(source.settings), token: credentials.token } };
}

/** Credentials of another kind of source count as none. */
function toAuth(customer: CustomerId, credentials: SourceCredentials): SftpConnectionSettings['auth'] {
  if ('token' in credentials) throw new NoConnection(customer, 'source');
  return 'password' in credentials ? { kind: 'password', ...credentials } : { kind: 'key', ...credentials };
}
