import type { Draw } from '../keyed/keyed.js';
import type { Kind } from '../plan/kinds.js';
import { INFIXES, type Words } from '../words/words.js';
import { styledAs } from './style.js';

export type NameKind = Extract<Kind, 'given' | 'family' | 'full' | 'infix'>;

/** A made-up name that is built as the real one: as many parts, initials for initials, capitals for capitals, infixes where they are. */
export function madeUpName(text: string, kind: NameKind, words: Words, draw: Draw): string {
  if (kind === 'infix') return styledAs(text, draw.of(words.infixes));
  const parts = text.split(/([\s\-/,]+)/u);
  let isFirst = true;
  return parts
    .map((part, index) => {
      if (index % 2 === 1 || !/\p{L}/u.test(part)) return part;
      const isGiven = kind === 'given' || (kind === 'full' && isFirst);
      if (!isGiven && parts.length > 1 && INFIXES.has(part.toLowerCase())) return part;
      isFirst = false;
      if (/^(\p{L}\.)+$|^\p{L}$/u.test(part)) return initials(part, draw);
      return styledAs(part, isGiven ? givenName(words, draw) : familyName(words, draw));
    })
    .join('');
}

/** For names that must not be given to two people: five syllables more. */
export function uniquely(name: string, draw: Draw): string {
  const syllables = Array.from({ length: 5 }, () => draw.of(CONSONANTS) + draw.of(VOWELS)).join('');
  return name + styledAs(name, syllables);
}

const CONSONANTS = [...'bdfgklmnprstvz'];
const VOWELS = [...'aeiou'];

export function givenName({ givenBeginnings, givenEnds }: Words, draw: Draw): string {
  return draw.of(givenBeginnings) + draw.of(givenEnds);
}

function familyName({ familyBeginnings, familyEnds }: Words, draw: Draw): string {
  return draw.of(familyBeginnings) + draw.of(familyEnds);
}

function initials(text: string, draw: Draw): string {
  return text.replace(/\p{L}/gu, (letter) =>
    styledAs(letter, 'abcdefghijklmnoprstvwz'[draw.below(22)] ?? 'a').toUpperCase(),
  );
}
