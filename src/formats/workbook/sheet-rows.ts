import { DamagedWorkbook, FormulaWithoutValue } from '../errors.js';
import { cellText, type CellContext } from './cell-text.js';
import { RichText } from './shared-strings.js';
import { XmlReader, type Attributes } from './xml.js';

export interface SheetRow {
  /** As the sheet counts, from 1 on. */
  readonly row: number;
  /** By column; what no cell stands for is empty. */
  readonly cells: readonly string[];
}

/** The largest sheet that Excel has. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

/** Takes the XML of a sheet in pieces and gives its rows. */
export class SheetRows {
  /** Ranges of merged cells, `B3:B7`; they stand behind the rows. */
  readonly merged: string[] = [];
  private readonly xml: XmlReader;
  private readonly text = new RichText();
  private ready: SheetRow[] = [];
  private root: string | null = null;
  private row = 0;
  private cells: string[] = [];
  private isInRow = false;
  private column = 0;
  private cell: Attributes | null = null;
  private isFormula = false;
  private isValue = false;
  private value = '';

  constructor(private readonly context: CellContext) {
    this.xml = new XmlReader({
      open: (name, attributes) => this.open(name, attributes),
      close: (name) => this.close(name),
      text: (piece) => this.add(piece),
    });
  }

  /** The rows that are complete with this. @throws DamagedWorkbook */
  push(bytes: Buffer): readonly SheetRow[] {
    this.xml.write(bytes);
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  /** @throws DamagedWorkbook when the XML is cut off */
  end(): void {
    this.xml.end();
  }

  private open(name: string, attributes: Attributes): void {
    if (this.root === null) {
      this.root = name;
      if (name !== 'worksheet') throw new DamagedWorkbook('its first sheet is none');
    }
    if (this.cell !== null) {
      if (name === 'v') this.isValue = true;
      else if (name === 'f') this.isFormula = true;
      else this.text.open(name);
    } else if (this.isInRow) {
      if (name === 'c') this.openCell(attributes);
    } else if (name === 'row') this.openRow(attributes);
    else if (name === 'mergeCell') this.merged.push(attributes['ref'] ?? '');
  }

  private openRow({ r }: Attributes): void {
    const row = r === undefined ? this.row + 1 : Number(r);
    if (!Number.isInteger(row) || row <= this.row || row > MOST_ROWS)
      throw new DamagedWorkbook('its rows are not in order');
    this.row = row;
    this.cells = [];
    this.column = 0;
    this.isInRow = true;
  }

  private openCell(attributes: Attributes): void {
    const { r } = attributes;
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    if (this.column < 1 || this.column > MOST_COLUMNS) throw new DamagedWorkbook('a cell stands outside of the sheet');
    this.cell = attributes;
    this.value = '';
    this.isFormula = false;
    this.text.begin();
  }

  private add(piece: string): void {
    if (this.isValue) this.value += piece;
    else if (this.cell !== null) this.text.add(piece);
  }

  private close(name: string): void {
    if (this.cell === null) {
      if (name !== 'row' || !this.isInRow) return;
      this.isInRow = false;
      this.ready.push({ row: this.row, cells: this.cells });
    } else if (name === 'v') this.isValue = false;
    else if (name === 'c') this.closeCell(this.cell);
    else this.text.close(name);
  }

  private closeCell({ t = 'n', s }: Attributes): void {
    // A text that a formula makes may be empty, and is then marked as a text.
    if (this.isFormula && this.value === '' && t === 'n') throw new FormulaWithoutValue(this.place());
    while (this.cells.length < this.column) this.cells.push('');
    const raw = { type: t, style: s === undefined ? 0 : Number(s), value: this.value, inline: this.text.end() };
    this.cells[this.column - 1] = cellText(raw, this.context);
    this.cell = null;
  }

  private place(): string {
    return `row ${this.row}, column ${this.column}`;
  }
}

/** `AB12` is in column 28; 0 when it is no reference to a cell. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index++) {
    const letter = reference.charCodeAt(index) - 64;
    if (letter < 1 || letter > 26) return index > 0 && index < 4 ? column : 0;
    column = column * 26 + letter;
  }
  return 0;
}
