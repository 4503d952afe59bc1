import { CsvRows } from './csv-rows.js';

export type Separator = ',' | ';' | '\t' | '|';
const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|'];

/**
 * The separator that finds the most of the required columns in the header; between equals, the one that finds the most
 * columns. A header says this more surely than counting separators in the rows, where commas stand in amounts and addresses.
 */
export function sniffSeparator(headerLine: string, required: readonly string[]): Separator {
  const scored = SEPARATORS.map((separator) => {
    const names = headerNames(headerLine, separator);
    return { separator, found: required.filter((name) => names.includes(name)).length, count: names.length };
  });
  return scored.reduce((best, next) => ((next.found - best.found || next.count - best.count) > 0 ? next : best))
    .separator;
}

/** Some programs write a line `sep=;` above the header. */
export function announcedSeparator(line: string): Separator | null {
  const announced = /^sep=(.)\r?$/i.exec(line)?.[1];
  return SEPARATORS.find((separator) => separator === announced) ?? null;
}

/** Up to the first line end that no quotes enclose: spreadsheets put line breaks into the names of columns. */
export function firstRow(text: string, lineEnd: '\n' | '\r'): string {
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '"') isQuoted = !isQuoted;
    else if (text[index] === lineEnd && !isQuoted) return text.slice(0, index);
  }
  return text;
}

function headerNames(line: string, separator: Separator): readonly string[] {
  const rows = new CsvRows(separator, '\n').push(`${line}\n`);
  return (rows[0]?.cells ?? []).map((name) => name.trim());
}
