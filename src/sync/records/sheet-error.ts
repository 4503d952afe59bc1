/** `#N/A`, `#NAAM?`, and the hashes of a column that was too narrow: what a spreadsheet writes where it has no value. */
export function isSheetError(text: string): boolean {
  return /^#(?:[\p{L}/0]+[!?]?|#+)$/u.test(text);
}
