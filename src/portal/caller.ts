import type { IncomingMessage } from 'node:http';

/**
 * The address that a request comes from. Each of `proxies` that stand before us adds one to X-Forwarded-For, at its end;
 * what is further to the left is what the caller wrote there.
 */
export function callerOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const direct = socket.remoteAddress ?? '';
  if (proxies === 0) return direct;
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  return forwarded.at(-proxies)?.trim() || direct;
}
