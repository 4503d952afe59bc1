import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** An address and how many of its bits count. */
export type Range = readonly [Address, number];

/** Whether an address is one of the ranges. An entry that cannot be read allows nobody. */
export function isAllowed(address: string, allowedFrom: readonly string[]): boolean {
  const from = parseAddress(address);
  return from !== null && allowedFrom.some((text) => contains(parseRange(text), from));
}

/** For whoever enters a list. @throws RangeError that names the entry which is neither an address nor a range. */
export function checkAllowList(allowedFrom: readonly string[]): void {
  for (const text of allowedFrom) {
    if (parseRange(text) !== null) continue;
    throw new RangeError(`"${text}" is no address and no range: write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/48.`);
  }
}

/** One text for all writings of an address; an IPv6 network of 64 bits counts as one, since its owner has them all. */
export function addressGroup(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null) return address;
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/64`).toString()}/64`;
}

function contains(range: Range | null, address: Address): boolean {
  return range !== null && range[0].kind() === address.kind() && address.match(range[0], range[1]);
}

/** null when it is none. */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** null when it is neither an address nor a range. */
export function parseRange(text: string): Range | null {
  const [base = '', bits, ...more] = text.trim().split('/');
  const address = parseAddress(base);
  if (address === null || more.length > 0) return null;
  const all = address.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return [address, all];
  if (!/^\d{1,3}$/.test(bits)) return null;
  // `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
  const length = all === 32 && base.includes(':') ? Number(bits) - 96 : Number(bits);
  return length >= 0 && length <= all ? [address, length] : null;
}
