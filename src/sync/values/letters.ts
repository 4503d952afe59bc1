/** How letters are to stand. `title`: the first of each word in a capital. */
export type Letters = 'upper' | 'lower' | 'title';

/** Changes upper and lower case, the same on every machine: no language's own rules but the Dutch `IJ`. */
export function changeLetters(letters: Letters, text: string): string {
  switch (letters) {
    case 'upper':
      return text.toUpperCase();
    case 'lower':
      return text.toLowerCase();
    case 'title':
      return text.toLowerCase().replace(WORD, titled);
  }
}

/** A run of letters, digits and apostrophes: `jan-pieter` is two words, `o'neil` is one. */
const WORD = /[\p{L}\p{M}\p{N}'’]+/gu;

function titled(word: string): string {
  const [, before = '', rest = ''] = /^(\p{L}['’])?(.*)$/su.exec(word) ?? [];
  return before.toUpperCase() + capitalised(rest);
}

/** `IJmuiden`: the Dutch write both letters as capitals. A word that begins with an apostrophe (`'s`) has none. */
function capitalised(text: string): string {
  if (text.startsWith('ij')) return `IJ${text.slice(2)}`;
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}
