import { z } from 'zod';
import { openText, seal } from '../secrets/seal.js';
import type { KeyRing, MasterKey } from '../secrets/master-key.js';
import type { CustomerId } from '../sync/ids.js';

/** What the adapter logs in with (`speakap-api.md`, 1 and 6). */
const NetworkCredentials = z.object({
  appEid: z.string().min(1),
  appSecret: z.string().min(1),
  scimToken: z.string().min(1),
});

const SourceCredentials = z.union([
  z.object({ password: z.string().min(1) }),
  z.object({ privateKey: z.string().min(1), passphrase: z.string().optional() }),
  /** The data part of an AFAS token. */
  z.object({ token: z.string().min(1) }),
]);

export type NetworkCredentials = z.infer<typeof NetworkCredentials>;
export type SourceCredentials = z.infer<typeof SourceCredentials>;

export function sealNetworkCredentials(key: MasterKey, customer: CustomerId, credentials: NetworkCredentials): string {
  return seal(key, JSON.stringify(NetworkCredentials.parse(credentials)), `network/${customer}`);
}

/** @throws WrongKey, Tampered */
export function openNetworkCredentials(keys: KeyRing, customer: CustomerId, sealed: string): NetworkCredentials {
  return NetworkCredentials.parse(JSON.parse(openText(keys, sealed, `network/${customer}`)));
}

export function sealSourceCredentials(key: MasterKey, customer: CustomerId, credentials: SourceCredentials): string {
  return seal(key, JSON.stringify(SourceCredentials.parse(credentials)), `source/${customer}`);
}

/** @throws WrongKey, Tampered */
export function openSourceCredentials(keys: KeyRing, customer: CustomerId, sealed: string): SourceCredentials {
  return SourceCredentials.parse(JSON.parse(openText(keys, sealed, `source/${customer}`)));
}
