import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 16 MiB and some 50 ms a guess: a short code must not be found out from its hash while it is valid. */
const COST = { N: 2 ** 14, r: 8, p: 1 };

/** `salt$hash`, both base64. */
export async function hashCode(text: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('base64')}$${(await derive(text, salt)).toString('base64')}`;
}

/** Takes the same time wherever the two differ. */
export async function matchesCode(text: string, stored: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split('$');
  const derived = await derive(text, Buffer.from(salt, 'base64'));
  const expected = Buffer.from(hash, 'base64');
  return expected.length === derived.length && timingSafeEqual(derived, expected);
}

function derive(text: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, COST, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}
