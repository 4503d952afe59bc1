import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { inTransaction, type Database } from './database.js';

/** Without letters and digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const MOST_TRIES = 5;

export interface CodePlace {
  readonly onboardingId: number;
  /** What may be approved with it: `mapping/3`. */
  readonly subject: string;
  readonly contactId: string;
}

export type CodeAnswer = 'ok' | 'wrong' | 'expired' | 'used' | 'none' | 'too many tries';

/** Draws a code such as `K7QM-2XTB` for one contact and one version; an earlier one of the same place does not count any more. */
export async function issueCode({ prisma }: Database, place: CodePlace, expiresAt: Date): Promise<string> {
  const letters = Array.from({ length: 8 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  const data = { codeHash: hashOf(place, code), expiresAt, tries: 0, usedAt: null, usedBy: null };
  await prisma.approvalCode.upsert({
    where: { onboardingId_subject_contactId: place },
    create: { ...place, ...data },
    update: data,
  });
  return code;
}

/** Uses a code up. Of two at once one succeeds; the same `useKey` again is answered the same. */
export async function useCode(
  database: Database,
  place: CodePlace,
  { code, now, useKey }: { readonly code: string; readonly now: Date; readonly useKey: string },
): Promise<CodeAnswer> {
  return inTransaction(database, async (connection) => {
    const { rows } = await connection.query<{
      id: number;
      hash: string;
      tries: number;
      expires: Date;
      used: Date | null;
      by: string | null;
    }>(
      `SELECT id, code_hash AS hash, tries, expires_at AS expires, used_at AS used, used_by AS by FROM approval_code
       WHERE onboarding_id = $1 AND subject = $2 AND contact_id = $3 FOR UPDATE`,
      [place.onboardingId, place.subject, place.contactId],
    );
    const known = rows[0];
    if (known === undefined) return 'none';
    if (known.used !== null) return known.by === useKey ? 'ok' : 'used';
    if (known.expires <= now) return 'expired';
    if (known.tries >= MOST_TRIES) return 'too many tries';
    const isRight = timingSafeEqual(Buffer.from(known.hash), Buffer.from(hashOf(place, code)));
    await connection.query(
      isRight
        ? 'UPDATE approval_code SET used_at = $2, used_by = $3 WHERE id = $1'
        : 'UPDATE approval_code SET tries = tries + 1 WHERE id = $1',
      isRight ? [known.id, now, useKey] : [known.id],
    );
    return isRight ? 'ok' : 'wrong';
  });
}

/** Codes of earlier versions of a subject do not count any more. */
export async function withdrawCodes(
  { pool }: Database,
  onboardingId: number,
  subject: string,
  before: number,
): Promise<void> {
  await pool.query(
    `DELETE FROM approval_code WHERE onboarding_id = $1 AND subject LIKE $2 || '/%' AND split_part(subject, '/', 2)::int < $3`,
    [onboardingId, subject, before],
  );
}

/** Five tries of thirty to the power of eight need no slow hash. Case, blanks and the dash do not matter. */
function hashOf({ onboardingId, subject, contactId }: CodePlace, code: string): string {
  const letters = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return createHmac('sha256', `${onboardingId}/${subject}/${contactId}`).update(letters).digest('hex');
}
