import { z } from 'zod';
import type { KeyRing } from '../secrets/master-key.js';
import { createSftpSource } from '../sources/sftp/sftp-source.js';
import type { Source } from '../sources/source.js';
import { readCustomer } from '../store/customers.js';
import type { Database } from '../store/database.js';
import type { CustomerId } from '../sync/ids.js';
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
    const { source } = await readCustomer(this.database, customer);
    if (source === null) throw new NoConnection(customer, 'source');
    const auth = toAuth(openSourceCredentials(this.keys, customer, source.credentials));
    return createSftpSource({ ...SftpSettings.parse(source.settings), auth, timeoutMs: 30_000 });
  }
}

function toAuth(credentials: SourceCredentials) {
  return 'password' in credentials
    ? { kind: 'password' as const, password: credentials.password }
    : { kind: 'key' as const, ...credentials };
}
