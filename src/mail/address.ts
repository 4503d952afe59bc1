import { domainToASCII } from 'node:url';

/** Whom a mail is from or to. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL_PART = new RegExp(`^${ATOM}(\\.${ATOM})*$`, 'i');
/** A host's label, also in letters that DNS writes as `xn--`. */
const LABEL = /^(?!-)[\p{L}\p{N}-]{1,63}(?<!-)$/u;

/**
 * Whether this is one plain address, `somebody@example.org`. Stricter than RFC 5322: quotes, comments and IP addresses,
 * with which one address passes for two, are refused.
 */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1);
  if (text.length > 254 || local.length > 64 || domainToASCII(domain) === '') return false;
  return LOCAL_PART.test(local) && domain.split('.').every((label) => LABEL.test(label));
}

/** What stands behind the @. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** `User Sync <usersync@example.org>`, or the address alone; null when it is neither. */
export function parseMailAddress(text: string): MailAddress | null {
  const parts = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>]*)>|([^<>\s]+))\s*$/.exec(text);
  const name = parts?.[1] ?? '';
  const address = parts?.[2] ?? parts?.[3] ?? '';
  return isMailAddress(address) ? { name: oneLine(name), address } : null;
}

/** Line breaks and other control characters have no place in a name or a subject. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
