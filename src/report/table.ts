import Table from 'cli-table3';
import { oneLine } from './words.js';
import { plain, type Paint } from './paint.js';

export interface TableShape {
  readonly head: readonly string[];
  /** Columns whose numbers stand to the right, from 0. */
  readonly right?: readonly number[];
  /** Widest a cell may be, by column; longer texts go on below. */
  readonly widths?: Readonly<Record<number, number>>;
  /** How a row that needs attention is painted; null: as any other. */
  readonly mark?: (row: readonly string[]) => ((text: string) => string) | null;
}

/** A table for people; every cell on lines of its own, without anything that a terminal would obey. */
export function renderTable(shape: TableShape, rows: readonly (readonly string[])[], paint: Paint = plain): string {
  const { head, right = [], widths = {}, mark = () => null } = shape;
  const table = new Table({
    head: head.map((text) => paint.title(text)),
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
  });
  for (const row of rows) {
    const painted = mark(row) ?? ((text: string) => text);
    table.push(row.map((cell, column) => wrap(oneLine(cell), widths[column]).map(painted).join('\n')));
  }
  return table.toString();
}

/** Two columns of names and values, without a frame. */
export function renderFields(fields: readonly (readonly [string, string])[], paint: Paint = plain): string {
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  return fields.map(([name, value]) => `${paint.faint(name.padEnd(width))}  ${oneLine(value)}`).join('\n');
}

/** cli-table3 wraps only where every column has a width, so words are laid out here. */
function wrap(text: string, width: number | undefined): readonly string[] {
  if (width === undefined || text.length <= width) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(...pieces(word, width));
  }
  return lines;
}

function pieces(word: string, width: number): readonly string[] {
  const letters = [...word];
  return Array.from({ length: Math.max(1, Math.ceil(letters.length / width)) }, (_, index) =>
    letters.slice(index * width, (index + 1) * width).join(''),
  );
}
