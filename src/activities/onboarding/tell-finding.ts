import type { Finding } from '../../proposal/finding.js';
import { readName } from '../../proposal/names/read-name.js';
import { isBlankRow, readTable } from '../../proposal/table/read-table.js';
import { SourceRejected } from '../../sync/records/errors.js';

/** The cells of the first row; none when the file cannot be read. */
export function headerOf(content: Buffer): readonly string[] {
  try {
    const first = readTable(content).rows.find(({ cells }) => !isBlankRow(cells));
    return first?.cells.map((cell) => cell.trim()) ?? [];
  } catch (error) {
    if (error instanceof SourceRejected) return [];
    throw error;
  }
}

/**
 * A finding as it may go into Temporal. Whether a first row is a header can only be guessed, so a cell of it is repeated only
 * when every word of it is one of the words that columns are named by; any other column is told by its place.
 */
export function tellFinding({ column, text }: Finding, header: readonly string[]): string {
  const told = header.reduce((all, name, index) => withoutName(all, name, index), text);
  return column === null ? told : `${placeOf(column, header)}: ${told}`;
}

function withoutName(text: string, name: string, index: number): string {
  return name === '' || isSurelyAName(name) ? text : text.replaceAll(`"${name}"`, `column ${index + 1}`);
}

function placeOf(column: string, header: readonly string[]): string {
  if (isSurelyAName(column)) return `Column "${column}"`;
  const index = header.indexOf(column);
  return index < 0 ? 'A column' : `Column ${index + 1}`;
}

function isSurelyAName(name: string): boolean {
  return readName(name)?.certainty === 'whole';
}
