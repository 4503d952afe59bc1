import { createHash, randomBytes } from 'node:crypto';
import { confirmLetters, openLetters, peekLetters } from '../connections/letters.js';
import type { Logger } from '../log.js';
import { writeLetterTo } from '../report/letters/letter.js';
import { lettersPage } from '../report/letters/letters-page.js';
import { LETTERS_STYLE } from '../report/letters/letters-style.js';
import { readWording } from '../report/letters/wording.js';
import type { KeyRing } from '../secrets/master-key.js';
import type { Database } from '../store/database.js';
import { SHOWN_FOR_MINUTES, type OpenedBundle } from '../store/letters/handing-over.js';
import { askForLettersPage, lettersDonePage, lettersGonePage, type Page } from './pages.js';

export interface LetterParts {
  readonly database: Database;
  readonly keys: KeyRing;
  readonly log: Logger;
}

/** For the policy of the pages, which allows no other style. */
export const LETTERS_STYLE_HASH = createHash('sha256').update(LETTERS_STYLE).digest('base64');

/** Asks before it shows, and gives the page a number that nobody else knows: the letters are opened for this page alone. */
export async function askForLetters({ database }: LetterParts, token: string): Promise<Page> {
  const open = await peekLetters(database, token);
  return open === null ? lettersGonePage() : askForLettersPage(open.letters, newClaim());
}

/** The button was pressed: the letters, or, pressed below them, their end. Without the page's number nothing is opened. */
export async function pressForLetters(parts: LetterParts, token: string, form: URLSearchParams): Promise<Page> {
  const { database, keys, log } = parts;
  const claim = form.get('claim') ?? '';
  if (!/^[A-Za-z0-9_-]{43}$/.test(claim)) return askForLetters(parts, token);
  if (form.get('done') === 'yes') {
    const isDone = await confirmLetters(database, { token, claim });
    return isDone ? lettersDonePage() : lettersGonePage();
  }
  const page = await openLetters(database, keys, { token, claim }, (bundle) => {
    log.info(
      { customer: bundle.customer, bundle: bundle.number, letters: bundle.letters.length },
      'letters were shown',
    );
    return { status: 200, html: toPage(bundle, claim) };
  });
  return page ?? lettersGonePage();
}

function toPage({ customerName, wording: kept, letters }: OpenedBundle, claim: string): string {
  const wording = readWording(kept);
  const written = letters.map((letter) => writeLetterTo(wording, customerName, letter));
  return lettersPage({ customer: customerName, letters: written, above: instructions(claim) });
}

function instructions(claim: string): string {
  return `<p>Print them now, with your browser's own command (Ctrl+P, or Cmd+P), or save them as PDF where only you can read it.
Each letter is a sheet of its own; a sheet before each location lists the names.</p>
<p class="alarm">The passwords are erased here when you press the button, and by themselves in ${SHOWN_FOR_MINUTES} minutes. Until then,
if something goes wrong, reload <strong>this page</strong>: no other page, and nobody else, can open the letters.</p>
<form method="post"><input type="hidden" name="claim" value="${claim}"><input type="hidden" name="done" value="yes">
<button type="submit">I have all letters: erase the passwords here</button></form>`;
}

function newClaim(): string {
  return randomBytes(32).toString('base64url');
}
