import { INFIXES } from '../words/words.js';
import { HashSet, hashOf, mixed } from './hashes.js';

/** What of a real person is looked for. Empty texts are left out. */
export interface Original {
  readonly id: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Given name, infix and family name, as far as there are, in this order; or the full name alone. */
  readonly names: readonly string[];
}

export interface ScanOptions {
  /** Words that stand in the test by right, such as those of kept cells and of made-up names: beside an id they say nothing. */
  readonly ordinary?: Iterable<string>;
}

export type FoundKind = 'e-mail' | 'phone' | 'full name' | 'id with name';

/** Something of a real person in a text. Never what it is. */
export interface Found {
  readonly kind: FoundKind;
  /** Where it begins, in letters from the beginning of the text or stream. */
  readonly at: number;
}

/** Looks for real people in texts. Holds hashes of about 100 bytes a person. */
export interface Scan {
  find(text: string): readonly Found[];
  /** For a text that comes in pieces; what is cut in two by a piece's end is found as well. */
  stream(): { readonly next: (piece: string) => readonly Found[]; readonly end: () => readonly Found[] };
}

/** An id points to somebody when one of their names stands within so many words of it. */
const NEAR = 40;
/** The longest name that is looked for, in words. */
const LONGEST_NAME = 6;
/** Longer than any address, name, or id with name at that distance. */
const OVERLAP = 1_000;
/** The last digits of a number are the same with and without country code. */
const DIGITS = 9;
const SHORTEST_NUMBER = 7;
const LONGEST_NUMBER = 15;

/** Takes in one after the other and forgets the texts themselves. `ordinary` is read when everybody is taken in. */
export async function createScan(
  originals: Iterable<Original> | AsyncIterable<Original>,
  { ordinary = [] }: ScanOptions = {},
): Promise<Scan> {
  const known = new Known();
  for await (const original of originals) known.add(original);
  for (const text of ordinary) known.addOrdinary(text);
  const find = (text: string): readonly Found[] => search(text, known);
  return { find, stream: () => inPieces(find) };
}

class Known {
  readonly emails = new HashSet();
  readonly phones = new HashSet();
  readonly fullNames = new HashSet();
  readonly ids = new HashSet();
  /** Hashes of an id mixed with a word of the person's family name, folded, and with one of the others as it is written. */
  readonly idsWithName = new HashSet();
  private readonly ordinary = new HashSet();
  /** Hashes of the words with which a full name or an id begins: nearly all words of a text are none of them. */
  readonly beginnings = new HashSet();

  add({ id, emails, phones, names }: Original): void {
    for (const email of emails) if (email.includes('@')) this.emails.add(hashOf(folded(email.trim())));
    for (const phone of phones) {
      const digits = phone.replace(/\D/g, '');
      if (digits.length >= SHORTEST_NUMBER) this.phones.add(hashOf(digits.slice(-DIGITS)));
    }
    const words = names.map(wordsIn).filter((each) => each.length > 0);
    this.addNames(words);
    // Of a name in one column the last word. Given names count as they are written: folded, `Grace` and `Mark` are words of any text.
    const family = words.length > 1 ? (words.at(-1) ?? []) : (words[0] ?? []).slice(-1);
    const others = names.flatMap(plainWordsIn).filter((word) => !family.includes(folded(word)));
    this.addId(wordsIn(id), [...family.map(hashOf), ...others.map(writtenHash)], [...family, ...others]);
  }

  addOrdinary(text: string): void {
    for (const word of wordsIn(text)) this.ordinary.add(hashOf(word));
  }

  /** A disguise may have the id of one person and, in a kept cell or by chance, a word that is the name of the same. */
  isNameOf(id: number, { hash, plain }: Word): boolean {
    const isName = this.idsWithName.has(mixed(id, hash)) || this.idsWithName.has(mixed(id, writtenHash(plain)));
    return isName && !this.ordinary.has(hash);
  }

  /** In the order of the record and with the family name first, as lists have it; one word alone is no full name. */
  private addNames(names: readonly (readonly string[])[]): void {
    const [first = [], ...rest] = names;
    for (const order of [names.flat(), [...rest.flat(), ...first], [...first, ...(rest.at(-1) ?? [])]]) {
      if (order.length < 2 || order.length > LONGEST_NAME) continue;
      this.fullNames.add(hashOf(order.join(' ')));
      this.beginnings.add(hashOf(order[0] ?? ''));
    }
  }

  private addId(id: readonly string[], hashes: readonly number[], words: readonly string[]): void {
    const [first] = id;
    if (first === undefined) return;
    const hash = hashOf(id.join(' '));
    this.ids.add(hash);
    this.beginnings.add(hashOf(first));
    hashes.forEach((each, index) => {
      const word = words[index] ?? '';
      if (word.length > 2 && !INFIXES.has(word.toLowerCase())) this.idsWithName.add(mixed(hash, each));
    });
  }
}

/** Of a word with its capitals and accents; unlike that of any folded word. */
function writtenHash(word: string): number {
  return hashOf(`=${word}`);
}

interface Word {
  /** Of the text. */
  readonly hash: number;
  /** Folded. */
  readonly text: string;
  /** As it is written. */
  readonly plain: string;
  readonly at: number;
}

/**
 * An id that a program made: an EID or a hash in hexadecimal, or a UUID. One of a hundred has as many digits in a row as a telephone
 * number, and of so many in a test some are those of somebody by chance. Digits alone are no such id.
 */
const MADE_ID =
  /(?<![\p{L}\p{N}])(?:(?=\d*[a-f])[\da-f]{16,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\p{L}\p{N}])/gu;

function search(text: string, known: Known): readonly Found[] {
  const found: Found[] = [];
  for (const { 0: email, index } of text.matchAll(/[^\s@"'<>(),;:[\]{}=|\\]+@[^\s@"'<>(),;:[\]{}=|\\]+/gu)) {
    if (known.emails.has(hashOf(folded(email.replace(/[.]+$/, ''))))) found.push({ kind: 'e-mail', at: index });
  }
  const withoutIds = text.replace(MADE_ID, (id) => ' '.repeat(id.length));
  for (const { 0: number, index } of withoutIds.matchAll(/\+?\d(?:[ \t()./-]{0,3}\d){6,}/g)) {
    if (hasPhone(number, known)) found.push({ kind: 'phone', at: index });
  }
  return [...found, ...namesIn(text, known)].sort((one, other) => one.at - other.at);
}

/** Digits of several columns may stand side by side: each group may be the end of a number that began some groups before. */
function hasPhone(run: string, known: Known): boolean {
  const groups = run.split(/\D+/);
  return groups.some((_, last) => {
    let digits = '';
    for (let first = last; first >= 0 && digits.length <= LONGEST_NUMBER; first -= 1) {
      digits = (groups[first] ?? '') + digits;
      if (digits.length < SHORTEST_NUMBER || digits.length > LONGEST_NUMBER) continue;
      if (known.phones.has(hashOf(digits.slice(-DIGITS)))) return true;
    }
    return false;
  });
}

function namesIn(text: string, known: Known): readonly Found[] {
  const words = placedWords(text);
  const found: Found[] = [];
  words.forEach((word, index) => {
    if (!known.beginnings.has(word.hash)) return;
    let several = '';
    for (let length = 1; length <= LONGEST_NAME && index + length <= words.length; length += 1) {
      several += (several === '' ? '' : ' ') + (words[index + length - 1]?.text ?? '');
      const hash = hashOf(several);
      if (length > 1 && known.fullNames.has(hash)) found.push({ kind: 'full name', at: word.at });
      if (known.ids.has(hash) && isNamedNear(hash, words, index, known))
        found.push({ kind: 'id with name', at: word.at });
    }
  });
  return found;
}

function isNamedNear(id: number, words: readonly Word[], index: number, known: Known): boolean {
  return words.slice(Math.max(0, index - NEAR), index + NEAR + 1).some((other) => known.isNameOf(id, other));
}

function placedWords(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(({ 0: word, index }) => {
    const text = folded(word);
    return { hash: hashOf(text), text, plain: word, at: index };
  });
}

function plainWordsIn(text: string): readonly string[] {
  return placedWords(text).map((word) => word.plain);
}

function wordsIn(text: string): readonly string[] {
  return placedWords(text).map((word) => word.text);
}

/** All of ASCII, which has no accents to take off. */
const PLAIN = /^[\x00-\x7f]*$/;

/** Neither case nor accents tell people apart. */
function folded(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function inPieces(find: Scan['find']): ReturnType<Scan['stream']> {
  let [kept, before] = ['', 0];
  const told = new Set<string>();
  const look = (): readonly Found[] =>
    find(kept)
      .map(({ kind, at }) => ({ kind, at: at + before }))
      .filter(({ kind, at }) => {
        const key = `${kind} ${at}`;
        return !told.has(key) && told.add(key);
      });
  return {
    next: (piece) => {
      kept += piece;
      const found = kept.length > 4 * OVERLAP ? look() : [];
      const cut = found.length > 0 || kept.length > 4 * OVERLAP ? Math.max(0, kept.length - OVERLAP) : 0;
      [kept, before] = [kept.slice(cut), before + cut];
      for (const key of told) if (Number(key.split(' ').at(-1)) < before) told.delete(key);
      return found;
    },
    end: look,
  };
}
