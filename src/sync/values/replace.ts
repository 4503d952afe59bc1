/** A text and what it becomes. */
export interface Replacement {
  readonly from: string;
  readonly to: string;
}

/** Every place of every text, once: of two that fit the longer, and what was put in is not looked at again. */
export function makeReplacer(replacements: readonly Replacement[]): (text: string) => string {
  const table = new Map(replacements.map(({ from, to }) => [from, to]));
  const longestFirst = [...table.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(longestFirst.join('|'), 'gu');
  return (text) => text.replace(pattern, (found) => table.get(found) ?? found);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
