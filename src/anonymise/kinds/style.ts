/** Writes a word as another one is written: in capitals, small, or as it is. */
export function styledAs(text: string, word: string): string {
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
  if (lower === upper) return word;
  if (text === lower) return word.toLowerCase();
  return text === upper && text.length > 1 ? word.toUpperCase() : word;
}
