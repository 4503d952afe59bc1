/** Writes a word as another one is written: in capitals, small, with a capital first, or with one that does not belong there. */
export function styledAs(text: string, word: string): string {
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
  if (lower === upper) return word;
  if (text === lower) return word.toLowerCase();
  if (text === upper && text.length > 1) return word.toUpperCase();
  return text[0] === upper[0] ? capitalised(word) : word.slice(0, -1).toLowerCase() + word.slice(-1).toUpperCase();
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
