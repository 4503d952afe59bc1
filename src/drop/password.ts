import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MiB and about a tenth of a second a guess. Stored with every hash, so that it can be raised later. */
const COST = { N: 2 ** 15, r: 8, p: 1 };
const KEY_BYTES = 32;

/** Answered for accounts that do not exist, so that they take as long as those that do. No password has it. */
const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(KEY_BYTES).toString('base64')}`;

/** `scrypt$N$r$p$salt$hash`, for `DropAccount.passwordHash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** Takes the same time whether there is a hash or not. Never true without one. */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const stored = parse(passwordHash ?? NOBODY) ?? parse(NOBODY);
  if (stored === null) return false;
  const hash = await derive(password, stored.salt, stored.cost);
  return timingSafeEqual(hash, stored.hash) && passwordHash !== null;
}

type Cost = typeof COST;

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 256 * cost.N * cost.r };
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

function parse(text: string): { cost: Cost; salt: Buffer; hash: Buffer } | null {
  const [, N, r, p, salt, hash] =
    /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (salt === undefined || hash === undefined) return null;
  const parsed = { salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
  if (parsed.hash.length !== KEY_BYTES) return null;
  return { cost: { N: Number(N), r: Number(r), p: Number(p) }, ...parsed };
}
