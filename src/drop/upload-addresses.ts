import { parseAddress, parseRange, type Range } from './allow-list.js';

/** From where a customer says to upload cannot be allowed. */
export class UnusableAddress extends Error {
  override readonly name = 'UnusableAddress';
  constructor(address: string | null, reason: string) {
    const what = address === null ? 'A login cannot be made' : `"${address}" cannot be allowed`;
    super(`${what}: ${reason}. No login was made or changed.`);
  }
}

/** The widest ranges that still name somebody: 65,536 addresses, or what one provider is given. */
const SHORTEST_PREFIX = { ipv4: 16, ipv6: 32 } as const;

/** Kinds of addresses that are not the customer's alone, by `ipaddr.js`, and what to say of them. */
const NOT_PUBLIC: Readonly<Record<string, string>> = {
  private: 'it is private, so it says nothing about who calls. Ask for the public address that the internet sees',
  uniqueLocal: 'it is private, so it says nothing about who calls. Ask for the public address that the internet sees',
  carrierGradeNat: 'a provider shares it among many. Ask for a public address',
  loopback: 'it means the machine itself. Ask for the public address that the internet sees',
  linkLocal: 'it is valid within one network only. Ask for the public address that the internet sees',
  multicast: 'nobody can call from there',
  broadcast: 'nobody can call from there',
  unspecified: 'it means everybody, or nobody',
};

/**
 * The addresses and ranges from which a customer uploads, each once. A drop that itself has a private address, or is only
 * reached from this machine, also takes callers of its own kind.
 * @throws UnusableAddress for what is none, is not public, or is so wide that it names nobody.
 */
export function checkUploadAddresses(addresses: readonly string[], dropHost: string): readonly string[] {
  const own = kindOf(dropHost);
  const texts = addresses.map((text) => text.trim()).filter((text) => text !== '');
  if (texts.length === 0) throw new UnusableAddress(null, 'at least one address of the customer is needed');
  for (const text of texts) refuseUnusable(text, own);
  return [...new Set(texts)];
}

function refuseUnusable(text: string, own: string | null): void {
  const range = parseRange(text);
  if (range === null) {
    throw new UnusableAddress(
      text,
      'it is no address and no range. Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/48',
    );
  }
  refuseTooWide(text, range);
  const kind = range[0].range();
  const reason = NOT_PUBLIC[kind];
  if (reason !== undefined && kind !== own) throw new UnusableAddress(text, reason);
}

function refuseTooWide(text: string, [address, bits]: Range): void {
  const shortest = SHORTEST_PREFIX[address.kind()];
  if (bits >= shortest) return;
  const reason = bits === 0 ? 'it allows everybody' : `it is wider than /${shortest}, which is nobody's address`;
  throw new UnusableAddress(text, `${reason}. Ask for the addresses from which the customer uploads`);
}

function kindOf(host: string): string | null {
  return host === 'localhost' ? 'loopback' : (parseAddress(host)?.range() ?? null);
}
