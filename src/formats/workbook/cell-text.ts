import { inPattern, type NumberFormat } from './number-format.js';
import { numberText } from './number-text.js';
import { momentText } from './serial-dates.js';
import type { SharedStrings } from './shared-strings.js';
import { unescaped } from './xml.js';

/** A cell as it stands in the XML of a sheet (ECMA-376, part 1, 18.3.1.4). */
export interface RawCell {
  /** `s`, `inlineStr`, `str`, `b`, `e`, `d`, or a number. */
  readonly type: string;
  /** Number of its style; NaN where it has none. */
  readonly style: number;
  /** The value, of a formula the one that was computed last. */
  readonly value: string;
  /** A text that stands in the cell itself. */
  readonly inline: string;
}

export interface CellContext {
  readonly strings: SharedStrings;
  readonly formats: readonly NumberFormat[];
  readonly is1904: boolean;
}

/**
 * What a cell says, as text. An error (`#N/A`) stays what it is, so that a mapping finds a value that it cannot use, and not
 * an empty one that it believes. @throws DamagedWorkbook
 */
export function cellText({ type, style, value, inline }: RawCell, { strings, formats, is1904 }: CellContext): string {
  if (type === 'inlineStr') return unescaped(inline);
  if (value === '') return '';
  if (type === 's') return strings.at(Number(value));
  if (type === 'str') return unescaped(value);
  if (type === 'e') return value;
  if (type === 'b') return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '');
  return formatted(value, formats[style], is1904);
}

function formatted(value: string, format: NumberFormat | undefined, is1904: boolean): string {
  const text = numberText(value);
  if (format === undefined || format.kind === 'number') return text;
  if (format.kind === 'moment') return momentText(Number(value), format.moment, is1904) ?? text;
  return /^\d+$/.test(text) ? inPattern(text, format.pattern) : text;
}
