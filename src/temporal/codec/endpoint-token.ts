import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The path that is asked for, and whether the token stood before it: the UI has nothing to send but the address that it
 * was given, `http://host:port/TOKEN`.
 */
export function pathWithoutToken(url: string, token: string | null): { path: string; tokenInPath: boolean } {
  const path = new URL(url, 'http://codec').pathname.replace(/\/{2,}/g, '/');
  const [, first = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
  return token !== null && isSame(first, token) ? { path: rest, tokenInPath: true } : { path, tokenInPath: false };
}

/** Whether an Authorization header carries the token. */
export function isTokenOf(authorization: string | undefined, token: string): boolean {
  return isSame(authorization ?? '', `Bearer ${token}`);
}

/** Takes the same time wherever the two differ. */
function isSame(sent: string, expected: string): boolean {
  const [left, right] = [sent, expected].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
