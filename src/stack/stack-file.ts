import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lockOwner } from './lock-file.js';

const Addresses = z.object({
  pid: z.number().int(),
  /** ISO 8601. */
  startedAt: z.string(),
  temporal: z.object({ address: z.string(), namespace: z.string(), ui: z.string().nullable() }),
  databaseUrl: z.string(),
  drop: z.object({ host: z.string(), port: z.number().int(), hostKeyFingerprint: z.string() }).nullable(),
  sandbox: z.object({ url: z.string() }).nullable(),
  worker: z.object({ metrics: z.string().nullable() }),
  /** Decodes for the UI what the codec encrypted. */
  codec: z.object({ url: z.string() }),
  /** `url`: as it stands in mails. */
  portal: z.object({ url: z.string() }),
});

/** Where the parts of a running stack answer. Holds the password of its Postgres: the file is for its owner only. */
export type StackAddresses = Readonly<z.infer<typeof Addresses>>;

/** The addresses of the stack that runs on this data folder; null when none is running, or when it is still starting. */
export async function readStack(dataDir: string): Promise<StackAddresses | null> {
  const owner = lockOwner(lockPath(dataDir));
  const addresses = parse(stackPath(dataDir));
  return owner !== null && addresses?.pid === owner.pid ? addresses : null;
}

/** Tells other terminals where the stack is. Called by the process that holds the data folder, when all is up. */
export async function writeStack(dataDir: string, addresses: StackAddresses): Promise<void> {
  const written = `${stackPath(dataDir)}.new`;
  writeFileSync(written, `${JSON.stringify(addresses, null, 2)}\n`, { mode: 0o600 });
  renameSync(written, stackPath(dataDir));
}

export function removeStack(dataDir: string): void {
  rmSync(stackPath(dataDir), { force: true });
}

export function lockPath(dataDir: string): string {
  return join(dataDir, 'stack.lock');
}

function stackPath(dataDir: string): string {
  return join(dataDir, 'stack.json');
}

function parse(path: string): StackAddresses | null {
  try {
    return Addresses.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
