import { readName } from '../names/read-name.js';
import { dateFormatOf, type DateFormat } from '../values/dates.js';
import { TRAITS, traitsOf, type Trait } from '../values/traits.js';
import { DistinctCounter } from './distinct-counter.js';
import { isKnown, looksPersonal, namingOf, type Naming } from './may-name.js';
import type { ColumnProfile, ValueCount } from './profile.js';

/** More than this many different values are no list that a person could go through. */
const MOST_NAMED_VALUES = 500;
/** In a file of this many rows a value that stands in only one of them may be a cell gone astray, and is not named. */
const ROWS_FOR_LONE_VALUES = 100;
/** Cells whose traits are looked at one by one; after these, every 61st. */
const LOOKED_AT = 20_000;
const LOOKED_AT_LATER = 61;
/** Cells whose traits are remembered while the file is read. */
const MOST_KNOWN = 500;

/** Follows one column through a file. What it holds does not grow with the file. */
export class ColumnTally {
  private filled = 0;
  private maxLength = 0;
  private padded = 0;
  private lookedAt = 0;
  private readonly values = new DistinctCounter();
  private readonly traits = new Map<Trait, number>();
  private readonly known = new Map<string, readonly Trait[]>();
  private readonly dateFormats = new Set<DateFormat>();
  private readonly named = new Map<string, number>();
  private hasTooMany = false;
  private readonly naming: Naming;

  constructor(
    private readonly name: string,
    private readonly isDoubled: boolean,
    label: string,
    private readonly knownNames: ReadonlySet<string>,
  ) {
    // A label says more than a field's id, but both have to allow it.
    const namings = [...new Set([name, label])].map((each) => namingOf(readName(each)));
    this.naming = namings.includes('nothing') ? 'nothing' : namings.includes('organisation') ? 'organisation' : 'known';
  }

  add(raw: string): void {
    const cell = raw.trim();
    if (cell === '') return;
    this.filled++;
    if (cell !== raw) this.padded++;
    this.maxLength = Math.max(this.maxLength, cell.length);
    const isNew = this.values.add(cell);
    if (this.filled <= LOOKED_AT || this.filled % LOOKED_AT_LATER === 0) this.look(cell);
    if (this.naming !== 'nothing') this.remember(cell, isNew);
  }

  profile(rows: number): ColumnProfile {
    const traits: Partial<Record<Trait, number>> = {};
    for (const trait of TRAITS) {
      const count = this.traits.get(trait);
      if (count !== undefined) traits[trait] = count / this.lookedAt;
    }
    return {
      name: this.name,
      isDoubled: this.isDoubled,
      rows,
      filled: this.filled,
      distinct: this.values.distinct,
      isCapped: this.values.isCapped,
      repeats: this.values.repeats,
      padded: this.padded,
      maxLength: this.maxLength,
      traits,
      dateFormats: [...this.dateFormats].sort(),
      values: this.namedValues(rows),
    };
  }

  private look(cell: string): void {
    this.lookedAt++;
    for (const trait of this.traitsOf(cell)) this.traits.set(trait, (this.traits.get(trait) ?? 0) + 1);
    const format = dateFormatOf(cell);
    if (format !== null) this.dateFormats.add(format);
  }

  /** Few values in many rows are looked at once. */
  private traitsOf(cell: string): readonly Trait[] {
    const known = this.known.get(cell);
    if (known !== undefined) return known;
    const traits = traitsOf(cell);
    if (this.known.size < MOST_KNOWN) this.known.set(cell, traits);
    return traits;
  }

  /** A value that is not new and was not kept at first is not kept now. */
  private remember(cell: string, isNew: boolean): void {
    const count = isNew ? 0 : this.named.get(cell);
    if (count === undefined || (isNew && !this.mayBeKept(cell))) return;
    this.named.set(cell, count + 1);
    if (this.named.size > MOST_NAMED_VALUES && !this.hasTooMany) this.keepOnlyKnown();
  }

  private mayBeKept(cell: string): boolean {
    return (this.naming === 'organisation' && !this.hasTooMany) || isKnown(cell, this.knownNames);
  }

  private keepOnlyKnown(): void {
    this.hasTooMany = true;
    for (const value of this.named.keys()) if (!isKnown(value, this.knownNames)) this.named.delete(value);
  }

  private namedValues(rows: number): readonly ValueCount[] {
    const values = [...this.named].map(([text, count]) => ({ text, rows: count }));
    const holdsPeople = (this.traits.get('givenName') ?? 0) > this.lookedAt / 2;
    return values
      .filter(({ text, rows: count }) => isKnown(text, this.knownNames) || this.mayName(text, count, rows, holdsPeople))
      .sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
  }

  private mayName(text: string, count: number, rows: number, holdsPeople: boolean): boolean {
    return !holdsPeople && !looksPersonal(text) && (count > 1 || rows < ROWS_FOR_LONE_VALUES);
  }
}
