import { randomInt } from 'node:crypto';
import type { Database } from './database.js';
import { hashCode, matchesCode } from './code-hash.js';

/** Whose approval of what. */
export type CodePlace = CodeOwner & {
  /** What may be approved with it: `mapping/3`. */
  readonly subject: string;
  readonly contactId: string;
};

/** What an approval belongs to. */
export type CodeOwner = { readonly onboardingId: number } | { readonly changeRequestId: number };

export type NewCode = CodePlace & {
  readonly expiresAt: Date;
  readonly now: Date;
};

export type CodeUse = CodePlace & {
  /** As it was typed: small letters, missing hyphens and O for 0 do not matter. */
  readonly code: string;
  readonly now: Date;
  /** Idempotency key: the same use, repeated after a crash, is `ok` again. */
  readonly useKey: string;
};

export type CodeAnswer = 'ok' | 'wrong' | 'expired' | 'used' | 'none' | 'too many tries';

const MOST_TRIES = 5;
/** Crockford's letters: none that look alike. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes a one-time code, `K7QM-2XTB`, of 40 bits. It is answered here and kept nowhere; one from before no longer counts. */
export async function issueCode({ pool }: Database, { expiresAt, now, ...place }: NewCode): Promise<string> {
  const code = Array.from({ length: 8 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  await pool.query(
    `INSERT INTO approval_code (${ownerColumn(place)}, subject, contact_id, code_hash, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (${ownerColumn(place)}, subject, contact_id) DO UPDATE
       SET code_hash = excluded.code_hash, created_at = excluded.created_at, expires_at = excluded.expires_at,
           tries = 0, used_at = NULL`,
    [...keysOf(place), await hashCode(code), now, expiresAt],
  );
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Uses a code up. Every try counts before it is compared, so that many at once are no more than five either. */
export async function useCode(database: Database, use: CodeUse): Promise<CodeAnswer> {
  const { now, useKey } = use;
  const { rows } = await database.pool.query<{ id: number; hash: string }>(tryWith(use), [
    ...keysOf(use),
    now,
    MOST_TRIES,
  ]);
  const tried = rows[0];
  if (tried === undefined) return whyNot(database, use);
  const code = normalise(use.code);
  if (!(await matchesCode(code, tried.hash))) return 'wrong';
  // What is kept from here on knows this use again, and no other.
  const used = await hashCode(usedText(code, useKey));
  const { rowCount } = await database.pool.query(TAKE, [tried.id, tried.hash, used, now]);
  return rowCount === 1 ? 'ok' : whyNot(database, use);
}

/** Codes that were not used can no longer be: of one subject, or of all. Answers how many. */
export async function withdrawCodes(
  { pool }: Database,
  owner: CodeOwner,
  subject: string | null = null,
): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM approval_code WHERE ${ownerColumn(owner)} = $1 AND used_at IS NULL AND ($2::text IS NULL OR subject = $2)`,
    [idOf(owner), subject],
  );
  return rowCount ?? 0;
}

function tryWith(owner: CodeOwner): string {
  return `
  UPDATE approval_code SET tries = tries + 1
  WHERE ${ownerColumn(owner)} = $1 AND subject = $2 AND contact_id = $3 AND used_at IS NULL AND expires_at > $4 AND tries < $5
  RETURNING id, code_hash AS hash`;
}

const TAKE = 'UPDATE approval_code SET used_at = $4, code_hash = $3 WHERE id = $1 AND code_hash = $2';

/** Why there was nothing to try; or that it was this very use which took the code. */
async function whyNot({ pool }: Database, use: CodeUse): Promise<CodeAnswer> {
  const { rows } = await pool.query<{ hash: string; tries: number; usedAt: Date | null; expiresAt: Date }>(
    `SELECT code_hash AS hash, tries, used_at AS "usedAt", expires_at AS "expiresAt" FROM approval_code
     WHERE ${ownerColumn(use)} = $1 AND subject = $2 AND contact_id = $3`,
    keysOf(use),
  );
  const row = rows[0];
  if (row === undefined) return 'none';
  if (row.usedAt !== null) {
    return (await matchesCode(usedText(normalise(use.code), use.useKey), row.hash)) ? 'ok' : 'used';
  }
  if (row.expiresAt <= use.now) return 'expired';
  // Fewer tries: a new code was issued in the meantime.
  return row.tries >= MOST_TRIES ? 'too many tries' : 'wrong';
}

function keysOf(place: CodePlace): [number, string, string] {
  return [idOf(place), place.subject, place.contactId];
}

function ownerColumn(owner: CodeOwner): 'onboarding_id' | 'change_request_id' {
  return 'onboardingId' in owner ? 'onboarding_id' : 'change_request_id';
}

function idOf(owner: CodeOwner): number {
  return 'onboardingId' in owner ? owner.onboardingId : owner.changeRequestId;
}

/** A letter that looks like a digit is that digit. */
function normalise(code: string): string {
  return code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}

function usedText(code: string, useKey: string): string {
  return `${code}\0${useKey}`;
}
