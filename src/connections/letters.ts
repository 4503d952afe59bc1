import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../secrets/master-key.js';
import { openText } from '../secrets/seal.js';
import type { Database } from '../store/database.js';
import { makeBundle, type MadeBundle, type NewBundle, type NothingToMake } from '../store/letters/bundles.js';
import {
  confirmBundle,
  findUnopened,
  openBundle,
  type OpenedBundle,
  type SealedLetter,
} from '../store/letters/handing-over.js';
import { toCustomerId, toXid } from '../sync/ids.js';
import { hashToken } from './once-links.js';
import { passwordContext } from './passwords.js';

/** One person's letter with its password, which exists only while the letters are shown. */
export type OpenLetter = SealedLetter;

/** What the button's page knows: the token of its link, and a number of its own that was drawn when it was made. */
export interface LetterPage {
  readonly token: string;
  readonly claim: string;
}

/** Makes a bundle with a link. The token, 256 bits, is answered here and kept nowhere: it belongs into one mail. */
export async function makeLetters(
  database: Database,
  wish: Omit<NewBundle, 'tokenHash'>,
): Promise<(MadeBundle & { readonly token: string }) | NothingToMake> {
  const token = randomBytes(32).toString('base64url');
  const made = await makeBundle(database, { ...wish, tokenHash: hashToken(token) });
  return 'id' in made ? { ...made, token } : made;
}

/** What the link would show, without opening it: programs follow the links of mails. */
export async function peekLetters(database: Database, token: string): Promise<{ readonly letters: number } | null> {
  return findUnopened(database, hashToken(token));
}

/**
 * Opens the letters for this page, and only this page, and answers what `write` makes of them. null when the link is unknown,
 * expired, withdrawn or was opened by another page. @throws WrongKey, Tampered, and what `write` throws; then nothing was opened.
 */
export async function openLetters<Written>(
  database: Database,
  keys: KeyRing,
  { token, claim }: LetterPage,
  write: (bundle: OpenedBundle) => Written,
): Promise<Written | null> {
  return openBundle(database, { tokenHash: hashToken(token), claimHash: hashToken(claim) }, (bundle) =>
    write({ ...bundle, letters: bundle.letters.map((letter) => unsealed(keys, bundle.customer, letter)) }),
  );
}

/** Whoever opened the letters is done with them: the passwords are erased. false when they are not this page's. */
export async function confirmLetters(database: Database, { token, claim }: LetterPage): Promise<boolean> {
  return confirmBundle(database, { tokenHash: hashToken(token), claimHash: hashToken(claim) });
}

/** `base` is the portal's public address. */
export function lettersAddress(base: string, token: string): string {
  return `${base.replace(/\/+$/, '')}/letters/${token}`;
}

function unsealed(keys: KeyRing, customer: string, letter: SealedLetter): OpenLetter {
  const context = passwordContext(toCustomerId(customer), toXid(letter.xid));
  return { ...letter, password: openText(keys, letter.password, context) };
}
