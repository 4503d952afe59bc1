import type { Encoding } from '../../sync/records/encoding.js';
import type { Separator } from '../../sync/records/separator.js';
import type { DateFormat } from '../values/dates.js';
import type { Trait } from '../values/traits.js';

/** What is known of a file's columns without keeping its cells. */
export interface FileProfile {
  readonly encoding: Encoding;
  readonly separator: Separator;
  /** Rows below the header that could be read. */
  readonly rows: number;
  /** Rows with too few or too many cells, or a stray quote: none of their cells is counted. */
  readonly unreadable: number;
  /** In the order of the file, without columns that have no name. */
  readonly columns: readonly ColumnProfile[];
}

export interface ColumnProfile {
  readonly name: string;
  /** The name stands in the header more than once; the first one is described. */
  readonly isDoubled: boolean;
  readonly rows: number;
  /** Cells that hold something. */
  readonly filled: number;
  /** Different cells, in upper and lower case as they stand; a lower bound when `isCapped`. */
  readonly distinct: number;
  readonly isCapped: boolean;
  /** Filled cells that repeat an earlier one. 0 in a column of ids where everybody has one row. */
  readonly repeats: number;
  /** Filled cells with blanks around, which a condition would compare too. */
  readonly padded: number;
  /** Letters of the longest cell. */
  readonly maxLength: number;
  /** Share of the filled cells with this trait, 0 to 1; those that do not occur are left out. */
  readonly traits: Readonly<Partial<Record<Trait, number>>>;
  readonly dateFormats: readonly DateFormat[];
  /** The values that may be named (`may-name.ts`), most frequent first; empty for every column about people themselves. */
  readonly values: readonly ValueCount[];
}

export interface ValueCount {
  /** Trimmed. */
  readonly text: string;
  readonly rows: number;
}

/** Share of the rows in which the column holds something, 0 to 1. */
export function filledShare({ filled, rows }: ColumnProfile): number {
  return rows === 0 ? 0 : filled / rows;
}

/** Share of the filled cells that have the trait, 0 to 1. */
export function shareOf({ traits }: ColumnProfile, trait: Trait): number {
  return traits[trait] ?? 0;
}
