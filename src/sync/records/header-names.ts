import { CsvRows } from './csv-rows.js';
import { detectDecoding } from './encoding.js';
import { EmptySource } from './errors.js';
import { announcedSeparator, sniffSeparator } from './separator.js';

/**
 * The cells of the first line that is not blank, of a file of which only the beginning is at hand and no mapping is known.
 * @throws EmptySource, NotText
 */
export function readHeaderNames(beginning: Buffer): readonly string[] {
  const decoding = detectDecoding(beginning);
  const text = (decoding.write(beginning) + decoding.end()).replace(/^\ufeff/, '');
  const [first = '', second = ''] = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  if (first === '') throw new EmptySource('nothing');
  const announced = announcedSeparator(first);
  const line = announced === null ? first : second;
  const rows = new CsvRows(announced ?? sniffSeparator(line, []), '\n').push(`${line}\n`);
  return (rows[0]?.cells ?? []).map((name) => name.trim()).filter((name) => name !== '');
}
