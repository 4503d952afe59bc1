const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'a', œ: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th' };

/** Lower case without accents: what stays of a word when people write it in different ways. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđðþ]/g, (letter) => LETTERS[letter] ?? letter);
}

/** The same for the words of a header, where `ae`, `oe` and `ue` also stand for umlauts. */
export function foldWord(text: string): string {
  return fold(text).replace(/([aou])e/g, '$1');
}

/** A name of a group as people recognise it: case, accents, punctuation and doubled blanks do not matter. */
export function foldName(text: string): string {
  return fold(text)
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
