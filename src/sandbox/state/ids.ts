import { createHash, randomBytes } from 'node:crypto';
import type { Eid } from './entities.js';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export function newEid(): Eid {
  return randomBytes(8).toString('hex');
}

/** An opaque id of 20 characters: no EID, so that nobody mistakes one for the other. */
export function newScimId(): string {
  let id = '';
  for (const byte of randomBytes(20)) id += LETTERS[byte % LETTERS.length];
  return id;
}

export function newSecret(): string {
  return randomBytes(16).toString('hex');
}

/** Both cases occur in the documents; they mean the same. */
export function parseEid(text: string): Eid | null {
  return /^[0-9a-f]{16}$/i.test(text) ? text.toLowerCase() : null;
}

/** Passwords of the sandbox protect nothing; hashing keeps them out of its files and answers. */
export function hashPassword(user: Eid, password: string): string {
  return createHash('sha256').update(`${user}:${password}`).digest('base64');
}
