import type { Draw } from '../keyed/keyed.js';
import type { Atom } from '../plan/atoms.js';
import { literalsIn } from '../plan/atoms.js';

/** Other letters for letters and other digits for digits, but for what conditions look for in a text. */
export function scrambled(text: string, atoms: readonly Atom[], draw: Draw): string {
  const isLookedFor = lookedFor(text, atoms);
  return Array.from({ length: text.length }, (_, index) =>
    isLookedFor.has(index) ? text[index] : other(text[index] ?? '', draw),
  ).join('');
}

/** The places of all literals that conditions look for in parts of a text, whatever their case. */
function lookedFor(text: string, atoms: readonly Atom[]): ReadonlySet<number> {
  const places = new Set<number>();
  const folded = text.toLowerCase();
  const parts = atoms.filter(({ syntax }) => syntax.type === 'call').flatMap(({ syntax }) => literalsIn(syntax));
  for (const part of parts) {
    if (typeof part !== 'string' || part === '') continue;
    for (let at = folded.indexOf(part.toLowerCase()); at !== -1; at = folded.indexOf(part.toLowerCase(), at + 1)) {
      for (let index = at; index < at + part.length; index += 1) places.add(index);
    }
  }
  return places;
}

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

function other(letter: string, draw: Draw): string {
  if (/\d/.test(letter)) return DIGITS[draw.below(10)] ?? letter;
  if (/\p{Lu}/u.test(letter)) return (LOWER[draw.below(26)] ?? letter).toUpperCase();
  return /\p{L}/u.test(letter) ? (LOWER[draw.below(26)] ?? letter) : letter;
}
