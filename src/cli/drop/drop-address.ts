import type { Context } from '../context.js';

/** What a customer needs beside the login; null where only the installation knows it. */
export interface DropAddress {
  readonly host: string | null;
  readonly port: number | null;
  readonly hostKeyFingerprint: string | null;
}

export async function dropAddress(context: Context): Promise<DropAddress> {
  const drop = (await context.stack())?.drop ?? null;
  return drop ?? { host: null, port: null, hostKeyFingerprint: null };
}

/** Lines to hand over to the customer. */
export function addressFields({ host, port, hostKeyFingerprint }: DropAddress): readonly (readonly [string, string])[] {
  if (host === null)
    return [
      ['address', 'the drop does not run on this data folder; ask whoever runs it for host, port and fingerprint'],
    ];
  return [
    ['host', host],
    ['port', String(port)],
    ['host key', hostKeyFingerprint ?? ''],
  ];
}
