import { foldWord } from './fold.js';
import { LISTED_WORDS, type Meaning } from './meanings.js';

/** A piece of a header, and what it means; nothing when no word is like it. */
export interface Word {
  readonly text: string;
  readonly meanings: readonly Meaning[];
  /** It was taken for a word that it only resembles: cut off, without vowels, or with a slip of the pen. */
  readonly isGuess: boolean;
}

const VOCABULARY: ReadonlyMap<string, readonly Meaning[]> = vocabulary();
const LONGEST_PHRASE = 4;

/**
 * Cuts a header into words: `Emp_FirstName`, `emp.first name` and `EMPFIRSTNAME` say the same. What stands in brackets is a
 * remark, of which only known words count: `Hours (h/week)`, `Phone (private)`.
 */
export function wordsOf(header: string): readonly Word[] {
  const remarks = [...header.matchAll(BRACKETS)].flatMap(([, remark = '']) => wordsIn(remark));
  const words = wordsIn(header.replace(BRACKETS, ' '));
  return [...words, ...remarks.filter(({ meanings }) => counts(meanings, words))];
}

/** A family name "as in passport" is no passport. */
function counts(remark: readonly Meaning[], words: readonly Word[]): boolean {
  const isName = words.some(({ meanings }) => meanings.includes('NAME'));
  return remark.length > 0 && !(isName && remark.includes('SENSITIVE'));
}

const BRACKETS = /[([{<]([^)\]}>]*)[)\]}>]/g;

function wordsIn(text: string): readonly Word[] {
  const pieces = piecesOf(text);
  const words: Word[] = [];
  for (let index = 0; index < pieces.length;) {
    const { word, length } = longestPhrase(pieces, index) ?? { word: readPiece(pieces[index] ?? ''), length: 1 };
    words.push(...word);
    index += length;
  }
  return words;
}

/** Pieces between blanks, signs, digits and humps, folded. A column's number, as in `Custom01`, is a piece too. */
function piecesOf(header: string): readonly string[] {
  return foldWord(
    header
      .replace(/[#№]|\bn[°º]/giu, ' number ')
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .replace(/(\p{L})(\p{N})/gu, '$1 $2')
      .replace(/(\p{N})(\p{L})/gu, '$1 $2'),
  )
    .split(/[^\p{L}\p{N}]+/u)
    .filter((piece) => piece !== '');
}

function longestPhrase(pieces: readonly string[], from: number): { word: readonly Word[]; length: number } | null {
  for (let length = Math.min(LONGEST_PHRASE, pieces.length - from); length > 0; length--) {
    const text = pieces.slice(from, from + length).join('');
    const meanings = VOCABULARY.get(text);
    if (meanings) return { word: [{ text, meanings, isGuess: false }], length };
  }
  return null;
}

function readPiece(piece: string): readonly Word[] {
  const glued = gluedWords(piece);
  if (glued !== null) return glued;
  const like = resembled(piece);
  const head = like === null ? headOf(piece) : null;
  if (head !== null) return [unknown(piece.slice(0, -head.text.length)), head];
  return [{ text: piece, meanings: like ?? [], isGuess: like !== null }];
}

/** `kostenstellenbezeichnung`: the fewest known words that make up all of it, with a letter or two between them. */
function gluedWords(piece: string): readonly Word[] | null {
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= piece.length; end++) best[end] = fewestWords(piece, end, best);
  const words = best[piece.length];
  if (!words || words.length < 2) return null;
  return words.map((text) => ({ text, meanings: VOCABULARY.get(text) ?? [], isGuess: false }));
}

/** Of all ways to make up the piece until `end`, one with the fewest words; `best` holds those that end before. */
function fewestWords(
  piece: string,
  end: number,
  best: readonly (readonly string[] | null)[],
): readonly string[] | null {
  let fewest: readonly string[] | null = null;
  for (let start = 0; start < end; start++) {
    const before = best[start];
    if (!before || (fewest !== null && before.length + 1 >= fewest.length)) continue;
    const links = start === 0 ? [''] : LINKS.filter((link) => piece.startsWith(link, start));
    const texts = links.map((link) => piece.slice(start + link.length, end));
    const word = texts.find((text) => isPart(text, end === piece.length));
    if (word !== undefined) fewest = [...before, word];
  }
  return fewest;
}

/** Letters with which German and Dutch glue words. */
const LINKS = ['', 's', 'n', 'en', 'es', 'e'];
const SHORT_ENDINGS = new Set(['id', 'nr', 'no', 'cd', 'dt', 'tx']);

/** Two letters stand nearly everywhere, so of short words only some count, and only at the end. */
function isPart(text: string, isEnd: boolean): boolean {
  return VOCABULARY.has(text) && (text.length >= 3 || (isEnd && SHORT_ENDINGS.has(text)));
}

/** In `Fachabteilung` the last word says what it is, and the first one is unknown. */
function headOf(piece: string): Word | null {
  for (let start = 2; start <= piece.length - SHORTEST_HEAD; start++) {
    const text = piece.slice(start);
    const meanings = VOCABULARY.get(text);
    if (meanings) return { text, meanings, isGuess: false };
  }
  return null;
}

const SHORTEST_HEAD = 6;

function unknown(text: string): Word {
  return { text, meanings: [], isGuess: false };
}

/** What a piece means that is no word: the beginning of one, one without its vowels, or one with a single slip. */
function resembled(piece: string): readonly Meaning[] | null {
  if (piece.length < 3 || /\d/.test(piece)) return null;
  return (
    agreedMeaning((word) => word.startsWith(piece)) ??
    (/[aeiouy]/.test(piece) ? null : agreedMeaning((word) => consonants(word) === piece)) ??
    (piece.length >= 5 ? agreedMeaning((word) => isSlipOf(word, piece)) : null)
  );
}

/** Of a short word one letter may be missing, doubled or swapped, but not another one: "score" is no "store". */
function isSlipOf(word: string, piece: string): boolean {
  if (!isOneEditAway(word, piece)) return false;
  const isLong = Math.min(word.length, piece.length) >= 6;
  return isLong || word.length !== piece.length || [...word].sort().join() === [...piece].sort().join();
}

/** Only when all words that fit mean the same. */
function agreedMeaning(fits: (word: string) => boolean): readonly Meaning[] | null {
  let agreed: readonly Meaning[] | null = null;
  for (const [word, meanings] of VOCABULARY) {
    if (word.length < 4 || !fits(word)) continue;
    if (agreed !== null && agreed.join() !== meanings.join()) return null;
    agreed = meanings;
  }
  return agreed;
}

function consonants(word: string): string {
  return word.replace(/[aeiouy]/g, '');
}

/** One letter more, less or other, or two neighbours swapped. */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (a.length !== b.length) return a.length > b.length ? restA.slice(1) === restB : restB.slice(1) === restA;
  if (restA.slice(1) === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}

function vocabulary(): ReadonlyMap<string, readonly Meaning[]> {
  const words = new Map<string, readonly Meaning[]>();
  for (const [meanings, listed] of LISTED_WORDS) {
    for (const word of listed.split(/\s+/)) if (word !== '') words.set(foldWord(word.replace(/'/g, '')), meanings);
  }
  return words;
}
