import { toXid, type Xid } from '../ids.js';
import { HashTable } from './hash-table.js';
import { RowList, type Entry } from './row-list.js';

/** How the lines of a delivery were read: only where that is the same does an equal line mean an equal row. */
export interface LineReading {
  /** `utf-8` also where no letter outside ASCII came. */
  readonly encoding: string;
  readonly separator: string;
  readonly idColumn: string;
  /** Cells of the header as they stand in the file. */
  readonly header: readonly string[];
}

/** A row that was there and is not any more; `copies`: how often it was there. */
export interface UnseenRow {
  readonly xid: Xid;
  readonly hash: string;
  readonly copies: number;
}

/**
 * The rows of a customer as last accepted, and which of them were seen in a delivery that is read now. At the end the list is
 * that of the delivery: `forgetUnseen` makes it ready for the next one.
 */
export class KnownRows {
  /** How many rows were seen. */
  seen = 0;
  private isSeen: Uint8Array;
  private byLine: HashTable | null = null;
  private byRow: HashTable | null = null;
  private next: Entry = 0;

  /** `seed`: of the hashes of lines. `reading`: null when no line of the list was hashed. */
  constructor(
    private list = new RowList(),
    public seed = 0,
    public reading: LineReading | null = null,
  ) {
    this.isSeen = new Uint8Array(list.count + 1_024);
  }

  get count(): number {
    return this.list.count;
  }

  get rows(): RowList {
    return this.list;
  }

  /** Takes the rows of another list in place of these. */
  becomeThat({ list, seed, reading }: KnownRows): void {
    Object.assign(this, new KnownRows(list, seed, reading));
  }

  /** Whether this line stood in the last delivery and was not yet met in this one. Then its row is seen. */
  sawLine(line: Int32Array): boolean {
    const entry = this.findLine(line);
    if (entry < 0) return false;
    this.see(entry);
    return true;
  }

  /**
   * Notes a row of this delivery that had to be read. Answers null when it was known; else how often the same row, letter by
   * letter, is there before it. `line`: by which it is to be recognised next time; null: by none.
   */
  sawRow(xid: Xid, hash: string, line: Int32Array | null): number | null {
    const { list } = this;
    const table = this.rowTable();
    const row = list.append(xid, hash, line);
    const key = list.rowKey(row);
    let copies = 0;
    const entry = table.find(key, (other) => {
      if (!list.isSameRow(other, row)) return false;
      copies += 1;
      return this.isSeen[other] === 0;
    });
    if (entry < 0) {
      this.noteNew(row, table);
      return copies;
    }
    list.copyLine(row, entry);
    list.dropLast();
    this.see(entry);
    return null;
  }

  /** Every row that was not seen. */
  *unseen(): Generator<UnseenRow> {
    const { list } = this;
    for (let entry = 0; entry < list.count; entry += 1) {
      if (this.isSeen[entry] === 1) continue;
      let copies = 0;
      this.rowTable().find(list.rowKey(entry), (other) => {
        if (list.isSameRow(other, entry)) copies += 1;
        return false;
      });
      yield { xid: toXid(list.xidOf(entry)), hash: list.hashOf(entry), copies };
    }
  }

  /** What was seen is what is known from now on. */
  forgetUnseen(): void {
    this.list.keepOnly(this.isSeen);
    this.becomeThat(this);
  }

  private see(entry: Entry): void {
    this.isSeen[entry] = 1;
    this.seen += 1;
    this.next = entry + 1;
  }

  private findLine(line: Int32Array): Entry {
    const { list, isSeen, next } = this;
    // Most lines stand where they stood before.
    if (next < list.count && isSeen[next] === 0 && list.isLine(next, line)) return next;
    return this.lineTable().find(line[0] ?? 0, (other) => isSeen[other] === 0 && list.isLine(other, line));
  }

  private noteNew(row: Entry, table: HashTable): void {
    if (row >= this.isSeen.length) {
      const before = this.isSeen;
      this.isSeen = new Uint8Array(row * 2);
      this.isSeen.set(before);
    }
    this.isSeen[row] = 1;
    this.seen += 1;
    table.add(row);
  }

  /** Tables are made when the first row needs them: a delivery without one new line needs none. */
  private lineTable(): HashTable {
    if (this.byLine !== null) return this.byLine;
    const { list } = this;
    this.byLine = new HashTable((entry) => list.lineKey(entry), list.count);
    for (let entry = 0; entry < list.count; entry += 1) if (list.hasLine(entry)) this.byLine.add(entry);
    return this.byLine;
  }

  private rowTable(): HashTable {
    if (this.byRow !== null) return this.byRow;
    const { list } = this;
    this.byRow = new HashTable((entry) => list.rowKey(entry), list.count);
    for (let entry = 0; entry < list.count; entry += 1) this.byRow.add(entry);
    return this.byRow;
  }
}
