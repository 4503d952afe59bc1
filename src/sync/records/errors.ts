import { didYouMean } from '../nearest.js';

/**
 * A delivery that cannot be used as a whole. Thrown while it is read and before anything is changed, so it never removes
 * anybody: the next delivery is tried.
 */
export abstract class SourceRejected extends Error {
  constructor(message: string) {
    super(`${message} Nothing was changed.`);
    this.name = new.target.name;
  }
}

/** No byte, nothing but blanks, or a header without a single record below it. */
export class EmptySource extends SourceRejected {
  constructor(what: 'nothing' | 'only a header') {
    super(
      what === 'nothing'
        ? 'The file is empty. Deliver the whole employee record again.'
        : 'The file has a header and no employee below it. Deliver the whole employee record again.',
    );
  }
}

/** The file ends in the middle of a row: an upload or export that broke off. */
export class CutOff extends SourceRejected {
  constructor(
    /** The row that has no end; the header is row 1. */
    readonly row: number,
    what: 'quote' | 'row',
  ) {
    super(
      what === 'quote'
        ? `The file is cut off, or row ${row} opens a quote that is never closed. Deliver the file again, or mend that row.`
        : `The file is cut off: it ends in the middle of row ${row}. Deliver the file again.`,
    );
  }
}

/** A column that the mapping reads is not in the header. */
export class MissingColumn extends SourceRejected {
  constructor(
    readonly missing: readonly string[],
    readonly present: readonly string[],
    /** False when the first row names nothing that is read: then its words may be somebody's name, and are not repeated. */
    isHeader = true,
  ) {
    const candidates = isHeader ? present : [];
    const named = missing.map((column) => `"${column}".${didYouMean(column, candidates)}`).join(' Nor has it ');
    const doubt = isHeader
      ? ''
      : ' Its first row names none of the columns that the mapping reads: is the header missing?';
    super(`The file has no column ${named}${doubt} Deliver it with this column, or change the mapping.`);
  }
}

/** A column that the mapping reads stands in the header twice, so it is unknown which one is meant. */
export class DoubledColumn extends SourceRejected {
  constructor(readonly columns: readonly string[]) {
    super(
      `The file has more than one column called ${columns.map((name) => `"${name}"`).join(' and ')}. ` +
        'Deliver it with each name once.',
    );
  }
}

/** A file of another kind: an archive, a picture. */
export class NotText extends SourceRejected {
  constructor(readonly kind: string) {
    super(
      `The file is no CSV text but ${kind}. Export the employee record as CSV or as an Excel workbook (.xlsx) and deliver that.`,
    );
  }
}
