import Papa, { type ParseResult } from 'papaparse';
import { CutOff } from './errors.js';

/** One row of a file as it stands there. */
export interface RawRow {
  /** As a spreadsheet counts; a cell that spans lines does not count them. */
  readonly row: number;
  readonly cells: string[];
  /** A quote stands where none can: the cells are a guess, and only this one line is lost. */
  readonly hasStrayQuote: boolean;
  /** Hash of its line, when it is one line and its reader hashes lines. */
  line: Int32Array | null;
}

/** A row longer than this has a quote that nobody closes: it would swallow everybody below it. */
const LONGEST_ROW = 1_000_000;

/** Cuts text that comes in pieces into rows of cells, with papaparse as the judge of quotes and separators. */
export class CsvRows {
  private rest = '';
  private row = 0;
  private readonly whole: Papa.Parser;
  private readonly single: Papa.Parser;

  constructor(
    private readonly separator: string,
    private readonly lineEnd: '\n' | '\r',
  ) {
    this.whole = new Papa.Parser({ delimiter: separator, newline: lineEnd });
    this.single = new Papa.Parser({ delimiter: separator, newline: lineEnd, preview: 1, fastMode: false });
  }

  /** @throws CutOff when a quote stays open for longer than any row can be. */
  push(text: string): readonly RawRow[] {
    const all = this.rest + text;
    const end = all.lastIndexOf(this.lineEnd) + 1;
    const { rows, used } = this.read(all.slice(0, end), false);
    this.rest = all.slice(used);
    if (this.rest.length > LONGEST_ROW) throw new CutOff(this.row + 1, 'quote');
    return rows;
  }

  /** A row that is known and need not be read. Only between rows. */
  skip(): void {
    this.row += 1;
  }

  /** Whether what was pushed last ends inside of a row: in a quote that is open, or without a line end. */
  get isInRow(): boolean {
    return this.rest !== '';
  }

  /** What is left when the text is over: a last row that has no line end. @throws CutOff when it ends inside a quote. */
  end(): { readonly rows: readonly RawRow[]; readonly endsInRow: boolean } {
    const { rows } = this.read(this.rest.replace(/\u001a+$/, ''), true);
    return { rows, endsInRow: rows.length > 0 };
  }

  private read(text: string, isLast: boolean): { readonly rows: RawRow[]; readonly used: number } {
    const { data, errors, meta } = parsed(this.whole, text, isLast);
    if (errors.some(({ code }) => code === 'MissingQuotes')) throw new CutOff(this.row + data.length, 'quote');
    if (errors.length > 0) return this.readOneByOne(text, isLast);
    return { rows: data.map((cells) => this.next(cells, false)), used: meta.cursor };
  }

  /** A stray quote makes the parser join lines. So its line is given up, and reading starts afresh on the next. */
  private readOneByOne(text: string, isLast: boolean): { readonly rows: RawRow[]; readonly used: number } {
    const rows: RawRow[] = [];
    let used = 0;
    while (used < text.length) {
      const { data, errors, meta } = parsed(this.single, text.slice(used), isLast);
      if (errors.length > 0) {
        const line = text.slice(used).split(this.lineEnd, 1)[0] ?? '';
        rows.push(this.next(line.replaceAll('"', '').split(this.separator), true));
        used += line.length + 1;
      } else if (data[0]) {
        rows.push(this.next(data[0], false));
        used += meta.cursor;
      } else break;
    }
    return { rows, used: Math.min(used, text.length) };
  }

  private next(cells: string[], hasStrayQuote: boolean): RawRow {
    const last = cells.length - 1;
    const text = cells[last];
    if (text?.endsWith('\r')) cells[last] = text.slice(0, -1);
    return { row: ++this.row, cells, hasStrayQuote, line: null };
  }
}

/** Papaparse's own type for this call is `any`. */
function parsed(parser: Papa.Parser, text: string, isLast: boolean): ParseResult<string[]> {
  return parser.parse(text, 0, !isLast) as ParseResult<string[]>;
}
