import { join } from 'node:path';
import { findHostKey } from '../drop/host-key.js';
import { reachableHost, readFromHere, type DropReading } from './drop-source.js';

/** Where our drop is: for customers, and for our own side. */
export interface DropPlace {
  /** What customers connect to. */
  readonly publicHost: string;
  readonly publicPort: number;
  readonly reading: DropReading;
}

/** As the configuration has it. */
export interface DropPlaceSettings {
  /** host:port */
  readonly dropPublicAddress: string | null;
  /** host:port; null: as customers do. */
  readonly dropReadAddress: string | null;
  readonly dropReadFrom: readonly string[];
  /** The drop's data folder as we see it. */
  readonly dropData: string;
  /** `SHA256:...`; null: read from the drop's data folder. */
  readonly dropHostKey: string | null;
}

/** The settings do not say where the drop is. */
export class DropUnknown extends Error {
  override readonly name = 'DropUnknown';
  constructor(reason: string) {
    super(`It is not known how the drop is reached: ${reason}, then start the worker again. No login was made.`);
  }
}

/** @throws DropUnknown, UnusableHostKey */
export async function findDropPlace(settings: DropPlaceSettings): Promise<DropPlace> {
  const { dropPublicAddress, dropReadAddress, dropReadFrom } = settings;
  if (dropPublicAddress === null) throw new DropUnknown('set USERSYNC_DROP_PUBLIC_ADDRESS');
  const forCustomers = split(dropPublicAddress);
  const forUs = split(dropReadAddress ?? dropPublicAddress);
  const host = reachableHost(forUs.host);
  const readFrom = dropReadFrom.length > 0 ? dropReadFrom : readFromHere(host);
  if (readFrom === null)
    throw new DropUnknown(`set USERSYNC_DROP_READ_FROM to the addresses from which workers read it`);
  const hostKeyFingerprint = await fingerprint(settings);
  return {
    publicHost: forCustomers.host,
    publicPort: forCustomers.port,
    reading: { host, port: forUs.port, hostKeyFingerprint, readFrom },
  };
}

async function fingerprint({ dropHostKey, dropData }: DropPlaceSettings): Promise<string> {
  const found = dropHostKey ?? (await findHostKey(join(dropData, 'drop-host-key')))?.fingerprint;
  if (found !== undefined) return found;
  throw new DropUnknown('start the drop once, or set USERSYNC_DROP_HOST_KEY to the fingerprint that its log tells');
}

function split(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(colon + 1)) };
}
