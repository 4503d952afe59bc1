import type { Concept } from '../names/concepts.js';
import type { Meaning } from '../names/meanings.js';
import { readName, type NameReading } from '../names/read-name.js';
import { shareOf, type ColumnProfile } from '../profile/profile.js';

/** A column with what its name says, read together with the other columns. */
export interface Described {
  readonly column: ColumnProfile;
  readonly reading: NameReading | null;
}

/**
 * Reads the names of all columns. A label of the source system is asked first; when it says nothing, the name. What a bare
 * "Name", "Nom" or "Nombre" is shows only beside the other columns, and what "Title" or "Prefix" is only in the cells.
 */
export function describeColumns(
  columns: readonly ColumnProfile[],
  labels: ReadonlyMap<string, string> = new Map(),
): readonly Described[] {
  const read = columns.map((column) => ({ column, reading: readLabelled(column.name, labels.get(column.name)) }));
  const concepts = new Set(read.flatMap(({ reading }) => (reading && isOwn(reading) ? [reading.concept] : [])));
  return read.map(({ column, reading }) => ({ column, reading: reading && inContext(reading, column, concepts) }));
}

/** Whether the name has nothing to do with somebody or something else. */
function isOwn({ certainty }: NameReading): boolean {
  return certainty !== 'mixed';
}

/** When a field's id and its label contradict each other, neither is certain. */
function readLabelled(name: string, label: string | undefined): NameReading | null {
  const byName = readName(name);
  const byLabel = label === undefined ? null : readName(label);
  if (byName === null || byLabel === null) return byLabel ?? byName;
  if (NEVER_USED.has(byName.concept)) return byName;
  if (byName.concept === byLabel.concept || NEVER_USED.has(byLabel.concept)) return byLabel;
  return byName.certainty === 'whole' && byLabel.certainty === 'whole' ? { ...byLabel, certainty: 'guessed' } : byLabel;
}

const NEVER_USED: ReadonlySet<Concept> = new Set<Concept>(['otherPerson', 'sensitive']);

function inContext(reading: NameReading, column: ColumnProfile, others: ReadonlySet<Concept>): NameReading {
  switch (reading.concept) {
    case 'name':
      return as(reading, ...bareName(column, others));
    case 'employee':
      return shareOf(column, 'code') >= 0.8 ? as(reading, 'employeeId', 0.95) : as(reading, 'fullName', 0.9);
    case 'prefix':
      if (column.filled === 0) return as(reading, 'infix', 0.5);
      return shareOf(column, 'particle') >= 0.5 ? as(reading, 'infix', 0.95) : as(reading, 'other', 1);
    case 'title':
      return shareOf(column, 'salutation') > 0.4 || column.filled === 0 || reading.rank === 0
        ? as(reading, 'other', 1)
        : as(reading, 'jobTitle', 0.85);
    default:
      return reading;
  }
}

/** Beside a first name a bare name is the family name; beside a family name the first one; alone the whole name. */
function bareName(column: ColumnProfile, others: ReadonlySet<Concept>): readonly [Concept, number] {
  const hasGiven = others.has('givenName') || others.has('callingName');
  const isWhole = shareOf(column, 'fullName') > 0.4 || shareOf(column, 'words') > 0.6;
  if (isWhole) return ['fullName', 0.9];
  if (!others.has('familyName') && (hasGiven || others.has('birthName'))) return ['familyName', 0.95];
  return others.has('familyName') && !hasGiven ? ['givenName', 0.85] : ['fullName', 0.9];
}

function as(reading: NameReading, concept: Concept, rank: number): NameReading {
  return { ...reading, concept, rank };
}

/** How the name qualifies what it names. */
export function says({ reading }: Described, ...meanings: readonly Meaning[]): boolean {
  return reading !== null && meanings.some((meaning) => reading.meanings.has(meaning));
}
