/** An address to listen on is not `host:port`. Thrown before anything listens. */
export class BadAddress extends Error {
  override readonly name = 'BadAddress';
  constructor(address: string) {
    super(
      `"${address}" is no address to listen on. Write it as 127.0.0.1:9464, 0.0.0.0:9464 or [::]:9464. ` +
        'Nothing listens there now.',
    );
  }
}

/** `host:port` or `[IPv6]:port`. @throws BadAddress */
export function splitAddress(address: string): { readonly host: string; readonly port: number } {
  const [, six, host = six, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(address.trim()) ?? [];
  if (host === undefined || Number(port) > 65_535) throw new BadAddress(address);
  return { host, port: Number(port) };
}
