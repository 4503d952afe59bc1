import type { Fields } from '../sync/record.js';

/**
 * For each row the place that it has among the rows of its person: by its canonical text, the JSON of its columns sorted by
 * name (`docs/mapping.md`, several rows of one person). Rows of the same text keep their order.
 */
export function inCanonicalOrder(rows: readonly Fields[]): readonly number[] {
  const texts = rows.map((row, index) => ({ index, text: canonicalText(row) }));
  texts.sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : one.index - other.index));
  const places = new Array<number>(rows.length);
  texts.forEach(({ index }, place) => (places[index] = place));
  return places;
}

function canonicalText(fields: Fields): string {
  const columns = Object.keys(fields).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  return `{${columns.map((column) => `${JSON.stringify(column)}:${JSON.stringify(fields[column])}`).join(',')}}`;
}
