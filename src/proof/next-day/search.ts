import type { Fields } from '../../sync/record.js';
import type { Expectation } from '../state.js';
import type { Chance } from './random.js';
import { edited, onlyRow, type Roster } from './roster.js';

/** What is looked for: somebody, and values in some columns that make the rules say something else. */
export interface Wanted {
  readonly columns: readonly string[];
  readonly who: (before: Expectation) => boolean;
  readonly becomes: (before: Expectation, after: Expectation) => boolean;
  /** People whose values are tried first. */
  readonly likely?: (other: Expectation) => boolean;
  /** Values that nobody has, made of the one that stands there, and tried first. Else the last resort: nothing, and a letter more. */
  readonly invent?: (value: string) => readonly string[];
}

export interface Change {
  readonly xid: string;
  readonly edit: Fields;
}

const CANDIDATES = 40;
const VALUES = 60;
const DONORS = 40;

/** People and their values in an order of chance, made once. */
export class Search {
  private readonly people: readonly string[];
  private readonly values = new Map<string, readonly string[]>();

  constructor(
    private readonly roster: Roster,
    private readonly chance: Chance,
  ) {
    this.people = chance.shuffled([...roster.rows.keys()]);
  }

  /** Tries values that other people have in the columns, one column at a time, then all columns of another person. */
  find(wanted: Wanted): Change | null {
    const { roster } = this;
    const donors = this.donors(wanted);
    for (const [xid, row, before] of this.candidates(wanted)) {
      for (const edit of this.edits(wanted, row, donors)) {
        const after = roster.outcome(xid, edited(roster.rows.get(xid) ?? [], edit));
        if (wanted.becomes(before, after) && roster.isFree(after)) return { xid, edit };
      }
    }
    return null;
  }

  /** People whom nothing happens to yet. */
  *untouched(who: (before: Expectation) => boolean): Generator<readonly [string, Fields, Expectation]> {
    for (const xid of this.people) {
      if (this.roster.touched.has(xid)) continue;
      const before = this.roster.expectationOf(xid);
      const row = onlyRow(this.roster, xid);
      if (row !== null && before !== null && who(before)) yield [xid, row, before];
    }
  }

  private *candidates({ who }: Wanted): Generator<readonly [string, Fields, Expectation]> {
    let left = CANDIDATES;
    for (const found of this.untouched(who)) {
      if (left-- === 0) return;
      yield found;
    }
  }

  private *edits({ columns, invent }: Wanted, row: Fields, donors: readonly Fields[]): Generator<Fields> {
    if (invent !== undefined) yield* invented(row, columns, invent);
    for (const donor of donors) yield pick(donor, columns);
    for (const column of columns) {
      for (const value of this.valuesOf(column)) if (value !== row[column]) yield { [column]: value };
    }
    if (invent === undefined) yield* invented(row, columns, (value) => ['', `${value}x`]);
  }

  private donors({ likely }: Wanted): readonly Fields[] {
    if (likely === undefined) return [];
    const donors: Fields[] = [];
    for (const xid of this.people) {
      const expectation = this.roster.expectationOf(xid);
      const row = this.roster.rows.get(xid)?.[0]?.fields ?? null;
      if (row !== null && expectation !== null && likely(expectation)) donors.push(row);
      if (donors.length === DONORS) break;
    }
    return donors;
  }

  /** Some of the values of a column, each once. */
  valuesOf(column: string): readonly string[] {
    const known = this.values.get(column);
    if (known !== undefined) return known;
    const found = new Set<string>();
    for (const xid of this.people) {
      for (const { fields } of this.roster.rows.get(xid) ?? []) if (fields !== null) found.add(fields[column] ?? '');
      if (found.size >= VALUES) break;
    }
    const values = this.chance.shuffled([...found]);
    this.values.set(column, values);
    return values;
  }
}

function* invented(row: Fields, columns: readonly string[], invent: NonNullable<Wanted['invent']>): Generator<Fields> {
  for (const column of columns) for (const value of invent(row[column] ?? '')) yield { [column]: value };
}

export function pick(row: Fields, columns: readonly string[]): Fields {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? '']));
}
