import type { Concept } from '../names/concepts.js';
import type { NameReading } from '../names/read-name.js';
import { foldName } from '../names/fold.js';
import { statusMeaning } from '../values/status-words.js';
import { traitsOf, type Trait } from '../values/traits.js';

/**
 * Which values of a column a profile may name.
 *
 * - `organisation`: the name says that the column is about the organisation (a status, a location, a department), and the
 *   mapping has to name its values.
 * - `known`: it says nothing certain. Then only words that tell nothing new are kept: those for a status, which stand in our own
 *   list, and names of groups, which stand in the customer's own overview.
 * - `nothing`: it is about people themselves, or about something a network is never told.
 *
 * So whether few people share a value does not decide alone: in an example record of two rows every cell is shared by few.
 */
export type Naming = 'organisation' | 'known' | 'nothing';

const ORGANISATION: ReadonlySet<Concept> = new Set<Concept>([
  'status',
  'inactive',
  'location',
  'businessUnit',
  'department',
  'orgUnit',
  'team',
  'division',
  'company',
  'costCentre',
  'workerType',
]);
/** Might be where somebody lives. */
const PLACES: ReadonlySet<Concept> = new Set<Concept>(['region', 'city', 'country']);

export function namingOf(reading: NameReading | null): Naming {
  if (reading === null || PLACES.has(reading.concept)) return 'known';
  const isCertain = reading.certainty === 'whole' || reading.certainty === 'guessed';
  if (ORGANISATION.has(reading.concept)) return isCertain ? 'organisation' : 'known';
  return reading.concept === 'other' && reading.certainty !== 'whole' ? 'known' : 'nothing';
}

/** Values that a column without certain name may have kept. `names`: folded names of the overview. */
export function isKnown(value: string, names: ReadonlySet<string>): boolean {
  return statusMeaning(value) !== null || names.has(foldName(value));
}

const LONGEST_VALUE = 80;
const PERSONAL: readonly Trait[] = ['email', 'phone', 'phoneDigits', 'date', 'fullName', 'url', 'freeText'];

/** Whether a value of an organisational column looks as if it were about a person after all. */
export function looksPersonal(value: string): boolean {
  if (value.length > LONGEST_VALUE || /\d{7,}/.test(value)) return true;
  const traits = traitsOf(value);
  return PERSONAL.some((trait) => traits.includes(trait));
}
