import { scopeOf } from '../../sync/mapping/scope.js';
import type { Mapping } from '../../sync/mapping/mapping.js';
import type { Scope } from '../../sync/expression/scope.js';
import { CannotDisguise } from '../errors.js';
import { asksEquality, atomsOf, literalsIn, type Atom } from './atoms.js';
import { KIND_OF_FIELD, kindByHeader, moreTelling, type Kind } from './kinds.js';
import { usesOf, valuesOf, partsOf, type NamedValue, type Use } from './uses.js';

/** How the records of a mapping are disguised: what becomes of each column, and what must not change. */
export interface DisguisePlan {
  readonly mapping: Mapping;
  readonly scope: Scope;
  /** In the order of the header. Columns that the mapping does not read are not in it. */
  readonly columns: ReadonlyMap<string, ColumnPlan>;
  readonly dropped: readonly string[];
  /** A column of our own that sorts before all others, so that the first of a person's rows stays the first. */
  readonly orderColumn: string;
  /** Conditions that compare days of several columns: these are looked at when a row is done. */
  readonly betweenDates: readonly Atom[];
}

export interface ColumnPlan {
  readonly column: string;
  readonly kind: Kind;
  /** Columns with one sense of values: what is equal between them stays equal. */
  readonly space: Space;
  /** The side of today on which the day of a column has to stay. */
  readonly side: 'start' | 'leave' | null;
  /** Formats in which the mapping reads days here. */
  readonly formats: readonly string[];
}

export interface Space {
  readonly name: string;
  readonly kind: Kind;
  readonly columns: readonly string[];
  /** The rule that uses it first, to be named when it cannot be disguised. */
  readonly rule: string;
  /** The conditions that tell its values apart. */
  readonly atoms: readonly Atom[];
  /** Values that must not become none, nor become one: an unreadable number stays unreadable. */
  readonly values: readonly NamedValue[];
  /** Whether equal values of different people have to be disguised alike, since a rule compares them or names one. */
  readonly isByValue: boolean;
  /** Whether different values must not be disguised alike: user names and addresses are made of them, or they are compared. */
  readonly isUnique: boolean;
}

/**
 * @param columns the header of the record
 * @throws CannotDisguise when a rule reads personal data in a way that no disguise keeps.
 */
export function planDisguise(mapping: Mapping, columns: readonly string[]): DisguisePlan {
  const scope = scopeOf(mapping, columns);
  const atoms = atomsOf(mapping, scope);
  const uses = usesOf(mapping, scope);
  const named = mapping.names.map(({ column }) => column);
  const read = new Set([...uses.map(({ column }) => column), ...atoms.flatMap((atom) => atom.columns), ...named]);
  const kinds = linked(kindsOf(read, uses, atoms), atoms, uses);
  const spaces = spacesOf(kinds, { atoms, uses, values: valuesOf(mapping), scope });
  const kept = columns.filter((column) => read.has(column));
  const plans = kept.map((column): [string, ColumnPlan] => {
    const space = spaces.get(column);
    if (space === undefined) throw new RangeError('Every column that is read has a kind.');
    return [
      column,
      { column, kind: space.kind, space, side: sideOf(column, mapping), formats: formatsOf(column, uses) },
    ];
  });
  return {
    ...{ mapping, scope, columns: new Map(plans) },
    dropped: columns.filter((column) => !read.has(column)),
    orderColumn: firstOfAll(kept),
    betweenDates: betweenDates(atoms, kinds),
  };
}

type Kinds = ReadonlyMap<string, Kind>;

function kindsOf(read: ReadonlySet<string>, uses: readonly Use[], atoms: readonly Atom[]): Kinds {
  return new Map([...read].map((column) => [column, kindOf(column, uses, atoms)]));
}

/** What rules say of a column beats what its name says, and what it is by itself beats what it is a part of. */
function kindOf(column: string, uses: readonly Use[], atoms: readonly Atom[]): Kind {
  const own = uses.filter((use) => use.column === column);
  const group = own.find(({ as }) => as === 'group' || as === 'country');
  const whole = own.filter(({ isWhole }) => isWhole).map(kindOfUse);
  const kind = whole.length > 0 ? whole.reduce(moreTelling) : kindByPart(column, own, atoms);
  if (group === undefined) return kind;
  if (kind !== 'kept' && whole.some((each) => each !== 'kept')) {
    throw new CannotDisguise(group.rule, column, 'it names groups, and holds what belongs to one person.');
  }
  return 'kept';
}

function kindOfUse({ as, column, formats }: Use): Kind {
  switch (as) {
    case 'externalId':
      return 'id';
    case 'startDate':
    case 'leaveDate':
      return 'date';
    case 'userName':
      return formats.length > 0 ? 'date' : (kindByHeader(column) ?? 'userName');
    case 'password':
      return formats.length > 0 ? 'date' : (kindByHeader(column) ?? 'text');
    case 'group':
    case 'country':
      return 'kept';
    default:
      return formats.length > 0 ? 'date' : KIND_OF_FIELD[as];
  }
}

function kindByPart(column: string, own: readonly Use[], atoms: readonly Atom[]): Kind {
  const byHeader = kindByHeader(column);
  if (own.some(({ formats }) => formats.length > 0)) return 'date';
  if (byHeader !== null) return byHeader;
  const literals = atoms.filter(({ columns }) => columns.includes(column)).flatMap(({ syntax }) => literalsIn(syntax));
  if (literals.some((literal) => typeof literal === 'string' && /^\d{4}-\d{2}-\d{2}/.test(literal))) return 'date';
  const kind = own.map(kindOfUse).reduce(moreTelling, 'kept');
  // A part of an address is none.
  return kind === 'email' ? 'text' : kind;
}

/** Columns that a condition compares are one kind; else what is equal would not stay so. */
function linked(kinds: Kinds, atoms: readonly Atom[], uses: readonly Use[]): Kinds {
  const result = new Map(kinds);
  const between = atoms.filter(({ columns }) => columns.length > 1);
  // Each pass carries a kind one comparison further.
  for (let pass = 0; pass < between.length + 1; pass += 1) {
    for (const { columns, syntax, rule } of between) {
      const those = columns.map((column) => result.get(column) ?? 'kept');
      if (those.every((kind) => kind === 'kept')) continue;
      if (those.every((kind) => kind === 'kept' || kind === 'date')) {
        for (const column of columns) result.set(column, namesGroups(column, uses) ? 'kept' : 'date');
        continue;
      }
      const kind = those.reduce(moreTelling);
      const named = columns.find((column) => namesGroups(column, uses));
      const [first = ''] = columns;
      if (named !== undefined)
        throw new CannotDisguise(rule, named, 'it names groups, and is compared with what belongs to one person.');
      if (!asksEquality(syntax))
        throw new CannotDisguise(rule, first, 'it is held against another column in more than whether they are equal.');
      for (const column of columns) result.set(column, kind);
    }
  }
  return result;
}

function namesGroups(column: string, uses: readonly Use[]): boolean {
  return uses.some((use) => use.column === column && use.as === 'group');
}

interface Rules {
  readonly atoms: readonly Atom[];
  readonly uses: readonly Use[];
  readonly values: readonly NamedValue[];
  readonly scope: Scope;
}

/** All ids are one space, and so are columns that are compared; every other column is one by itself. */
function spacesOf(kinds: Kinds, { atoms, uses, values, scope }: Rules): ReadonlyMap<string, Space> {
  const names = new Map([...kinds].map(([column, kind]) => [column, kind === 'id' ? 'id' : `${kind} ${column}`]));
  const isCompared = ({ columns }: Atom): boolean =>
    columns.length > 1 && columns.every((column) => !['kept', 'date'].includes(kinds.get(column) ?? 'kept'));
  for (const { columns } of atoms.filter(isCompared)) {
    const those = columns.map((column) => names.get(column) ?? '');
    const first = [...those].sort()[0] ?? '';
    for (const [column, name] of names) if (those.includes(name)) names.set(column, first);
  }
  const spaces = new Map<string, Space>();
  for (const [column, name] of names) {
    const columns = [...names].filter(([, other]) => other === name).map(([each]) => each);
    const kind = kinds.get(column) ?? 'kept';
    const own = atoms.filter((atom) => atom.columns.some((each) => columns.includes(each)));
    const single = own.filter((atom) => atom.columns.length === 1);
    const reading = values.filter(({ value }) => partsOf(value, scope).some((part) => columns.includes(part.column)));
    const rule = uses.find((use) => columns.includes(use.column))?.rule ?? own[0]?.rule ?? 'names';
    spaces.set(column, {
      ...{ name, kind, columns, rule, atoms: single, values: reading },
      isByValue: own.some(({ syntax }) => asksEquality(syntax)),
      isUnique: columns.length > 1 || makesUnique(columns, uses),
    });
  }
  return spaces;
}

/** Two people who claim one user name have to go on doing so, and nobody else. */
function makesUnique(columns: readonly string[], uses: readonly Use[]): boolean {
  const made = uses.filter(({ column }) => columns.includes(column));
  return made.some(({ as, isWhole }) => as === 'userName' || (!isWhole && (as === 'email' || as === 'upn')));
}

function sideOf(column: string, { startDate, leaveDate }: Mapping): ColumnPlan['side'] {
  if (startDate?.column === column) return 'start';
  return leaveDate?.column === column ? 'leave' : null;
}

function formatsOf(column: string, uses: readonly Use[]): readonly string[] {
  return [...new Set(uses.filter((use) => use.column === column).flatMap(({ formats }) => formats))];
}

function betweenDates(atoms: readonly Atom[], kinds: Kinds): readonly Atom[] {
  return atoms.filter(({ columns }) => columns.length > 1 && columns.some((column) => kinds.get(column) === 'date'));
}

/** `!` sorts before digits and letters; where a header has something that sorts before it, blanks do. */
function firstOfAll(columns: readonly string[]): string {
  const names = ['!order', ' !order', '\t!order', '\u0001order'];
  return names.find((name) => columns.every((column) => column > name)) ?? '\u0000order';
}
