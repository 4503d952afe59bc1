import { SourceRejected } from '../records/errors.js';
import type { DeliveryGuards, Limit } from '../mapping/mapping.js';
import { allowedChanges } from './allowed-changes.js';
import { limitWords } from './guard-words.js';

export type DeliveryGuard = 'age' | 'repeated' | 'rows' | 'shrink' | 'bad rows' | 'damage';

/** What is known of a delivery when it was read to its end. */
export interface DeliveryFigures {
  readonly rows: number;
  /** Of the delivery that was accepted last; null when there is none. */
  readonly rowsBefore: number | null;
  readonly badRows: number;
  /** Rows with letters that were lost before the file was delivered. */
  readonly damagedRows: number;
  readonly ageInDays: number;
  /** The day on which an older delivery of exactly this content was accepted, which is not the last one. */
  readonly repeats: string | null;
}

/** A delivery that can be read and looks wrong. A person may accept it after all. */
export class DeliveryRefused extends SourceRejected {
  constructor(
    readonly guard: DeliveryGuard,
    sentence: string,
  ) {
    super(
      `${sentence} Deliver the whole employee record again; when this one is right, accept it with "usersync sync accept".`,
    );
  }
}

/** The first objection to a delivery, or null. */
export function judgeDelivery(guards: DeliveryGuards, figures: DeliveryFigures): DeliveryRefused | null {
  const [objection] = OBJECTIONS.flatMap(([guard, objectionOf]) => {
    const sentence = objectionOf(guards, figures);
    return sentence === null ? [] : [new DeliveryRefused(guard, sentence)];
  });
  return objection ?? null;
}

/** What can be said before a delivery is read. */
export function judgeAge({ maximumAgeInDays: days }: DeliveryGuards, ageInDays: number): DeliveryRefused | null {
  const sentence = tooOld(days, ageInDays);
  return sentence === null ? null : new DeliveryRefused('age', sentence);
}

type ObjectionOf = (guards: DeliveryGuards, figures: DeliveryFigures) => string | null;

const OBJECTIONS: readonly (readonly [DeliveryGuard, ObjectionOf])[] = [
  ['age', ({ maximumAgeInDays }, { ageInDays }) => tooOld(maximumAgeInDays, ageInDays)],
  [
    'repeated',
    ({ repeated }, { repeats }) =>
      repeated === 'accept' || repeats === null
        ? null
        : `The file is, letter by letter, the one that was accepted on ${repeats}, and others were accepted since.`,
  ],
  [
    'rows',
    ({ minimumRows }, { rows }) =>
      minimumRows === null || rows >= minimumRows
        ? null
        : `The file has ${rows} rows, and at least ${minimumRows} are expected.`,
  ],
  ['shrink', shrunk],
  [
    'bad rows',
    ({ badRows: limit }, { rows, badRows }) => share(limit, badRows, rows, 'could not be read or name nobody'),
  ],
  ['damage', ({ damagedRows: limit }, { rows, damagedRows }) => share(limit, damagedRows, rows, DAMAGED)],
];

const DAMAGED = 'have letters that were lost before delivery (export the file as UTF-8)';

function tooOld(days: number | null, ageInDays: number): string | null {
  if (days === null || ageInDays <= days) return null;
  return `The file is ${ageInDays.toFixed(1)} days old, and ${days} are allowed.`;
}

function shrunk({ shrink: limit }: DeliveryGuards, { rows, rowsBefore }: DeliveryFigures): string | null {
  if (limit === null || rowsBefore === null) return null;
  const fewer = rowsBefore - rows;
  if (fewer <= allowedChanges(limit, rowsBefore)) return null;
  return (
    `The file has ${rows} rows, ${fewer} fewer (${percentOf(fewer, rowsBefore)}) than the ${rowsBefore} of the last accepted ` +
    `delivery, and ${allowedChanges(limit, rowsBefore)} fewer are allowed: ${limitWords(limit)}.`
  );
}

function share(limit: Limit | null, found: number, rows: number, what: string): string | null {
  if (limit === null || found <= allowedChanges(limit, rows)) return null;
  const allowed = allowedChanges(limit, rows);
  return `${found} of ${rows} rows (${percentOf(found, rows)}) ${what}, and ${allowed} are allowed: ${limitWords(limit)}.`;
}

function percentOf(part: number, whole: number): string {
  return `${((part / Math.max(1, whole)) * 100).toFixed(1)} %`;
}
