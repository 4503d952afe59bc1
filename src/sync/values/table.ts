import type { Replacement } from './replace.js';

/** A table that is asked for one text; case and blanks around it do not matter. undefined: it has no such line. */
export function makeTable(lines: readonly Replacement[]): (text: string) => string | undefined {
  const table = new Map(lines.map(({ from, to }) => [tableKey(from), to.trim()]));
  return (text) => table.get(tableKey(text));
}

/** Texts that a table takes for the same. */
export function tableKey(text: string): string {
  return text.trim().toLowerCase();
}
