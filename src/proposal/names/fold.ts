const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'a', œ: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th' };

/** Lower case without accents: what stays of a word when people write it in different ways. */
export function fold(text: string): string {
  // Most cells of a large file are plain, and taking letters apart is slow.
  if (isAscii(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđðþ]/g, (letter) => LETTERS[letter] ?? letter);
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
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
