import { filledShare, shareOf, type ColumnProfile, type ValueCount } from '../profile/profile.js';
import { statusMeaning, type StatusMeaning } from '../values/status-words.js';
import { fold } from '../names/fold.js';
import { says, type Described } from './described.js';
import { percent } from './fits.js';
import { decide, type ColumnTest, type Decision, type Option } from './proposal.js';
import { AMONG_RIVALS, DOUBLED, MOST_ALTERNATIVES, RIVALRY } from './weights.js';

/** Whose account is active: by a status column, else by an end date that is empty, else everybody in the file. */
export function proposeActive(described: readonly Described[]): Decision {
  const options = described
    .flatMap((each) => [...byStatus(each), ...byEndDate(each)])
    .sort((a, b) => b.confidence - a.confidence || (textOf(a) < textOf(b) ? -1 : 1));
  const [best, ...others] = options;
  if (best === undefined) return decide('active', everybody(0.7));
  if (best.confidence < 0.4) return decide('active', everybody(0.5), options.slice(0, MOST_ALTERNATIVES));
  const isRivalled = (others[0]?.confidence ?? 0) > best.confidence - RIVALRY;
  const option = isRivalled
    ? {
        ...best,
        confidence: Math.min(best.confidence, AMONG_RIVALS),
        reason: `${best.reason} Another column could as well say it.`,
      }
    : best;
  return decide('active', option, others.slice(0, MOST_ALTERNATIVES));
}

function textOf({ choice }: Option): string {
  return choice.kind === 'condition' ? choice.column : '';
}

function everybody(confidence: number): Option {
  return {
    choice: { kind: 'none' },
    confidence,
    reason: 'No column says for certain who left, so everybody in the file is active.',
  };
}

/** Of all that can be active, employment is only one: a word too many makes it a guess. */
const CERTAINTY = { whole: 1, guessed: 0.85, partly: 0.55, mixed: 0.3 } as const;

function byStatus(described: Described): readonly Option[] {
  const { column, reading } = described;
  if (reading === null) return [];
  const found =
    reading.concept === 'status'
      ? statusTest(column, says(described, 'ACTIVE'))
      : reading.concept === 'inactive' || (reading.concept === 'endDate' && shareOf(column, 'date') === 0)
        ? inverseTest(column)
        : null;
  if (found === null) return [];
  const doubled = column.isDoubled ? DOUBLED : 1;
  const confidence = found.confidence * CERTAINTY[reading.certainty] * reading.rank * doubled;
  return [{ choice: { kind: 'condition', column: column.name, test: found.test }, confidence, reason: found.reason }];
}

interface Found {
  readonly test: ColumnTest;
  readonly confidence: number;
  readonly reason: string;
}

/** Values that mean "works here". What says so by "yes" or "1" counts only where the name asks "active?". */
function statusTest(column: ColumnProfile, asksActive: boolean): Found | null {
  const groups = byMeaning(column.values);
  const active = groups.active.length > 0 ? groups.active : groups.yes;
  if (active.length === 0 || column.values.length > MOST_STATUSES) return null;
  // A "1" beside a "2" and a "3" is no yes.
  const isCoded = groups.active.length === 0 && groups.yes.length + groups.no.length < column.values.length;
  if (isCoded) return null;
  const test = oneOf(active);
  const named = test.values.map((value) => `"${value}"`).join(' or ');
  const known = active.length + groups.inactive.length + groups.no.length;
  const doubts = [
    ...(groups.active.length === 0 && !asksActive ? ['"yes" may mean anything here'] : []),
    ...(groups.active.length > 0 && groups.yes.length > 0 ? ['it mixes words of two kinds'] : []),
    ...(column.values.length > known ? ['what its other values mean has to be asked'] : []),
    ...(filledShare(column) < 1 ? [`${percent(1 - filledShare(column))} of the rows have none`] : []),
    ...(column.padded > 0 ? ['some cells have blanks around them'] : []),
    ...(isShort(active) && groups.inactive.length + groups.no.length === 0 ? ['a single letter says little'] : []),
  ];
  const reason = `The name says a status, and ${named} means employed`;
  if (doubts.length === 0) return { test, confidence: 0.95, reason: `${reason}.` };
  return { test, confidence: doubts.length === 1 ? 0.75 : 0.6, reason: `${reason}; ${doubts.join('; ')}.` };
}

/** A status that has more values is no status of employment. */
const MOST_STATUSES = 20;

/** "Terminated: no". */
function inverseTest(column: ColumnProfile): Found | null {
  const { no } = byMeaning(column.values);
  if (no.length === 0) return null;
  return { test: oneOf(no), confidence: 0.6, reason: 'The name asks whether somebody left, and these values mean no.' };
}

/** An end date in the future is no leaver yet, so this is never certain. */
function byEndDate({ column, reading }: Described): readonly Option[] {
  if (reading?.concept !== 'endDate' || shareOf(column, 'date') < 0.8 * Math.min(1, column.filled)) return [];
  // A column that is always filled ends with 31-12-9999 for those who stay.
  if (column.rows > 1 && filledShare(column) > 0.9) return [];
  const confidence = 0.62 * CERTAINTY[reading.certainty] * reading.rank * (column.isDoubled ? DOUBLED : 1);
  const share =
    column.filled === 0 ? 'it is empty in every row' : `${percent(filledShare(column))} of the rows have one`;
  return [
    {
      choice: { kind: 'condition', column: column.name, test: { kind: 'empty' } },
      confidence,
      reason: `The name says the day of leaving, and ${share}; who leaves later would be taken for one who left already.`,
    },
  ];
}

function byMeaning(values: readonly ValueCount[]): Readonly<Record<StatusMeaning, readonly ValueCount[]>> {
  const groups: Record<StatusMeaning, ValueCount[]> = { active: [], inactive: [], away: [], yes: [], no: [] };
  for (const value of values) {
    const meaning = statusMeaning(value.text);
    if (meaning !== null) groups[meaning].push(value);
  }
  return groups;
}

function oneOf(values: readonly ValueCount[]): Extract<ColumnTest, { values: unknown }> {
  const texts = values.map(({ text }) => text).sort();
  const folded = [...new Set(texts.map((text) => text.toLowerCase()))];
  return folded.length < texts.length ? { kind: 'oneOfFolded', values: folded } : { kind: 'oneOf', values: texts };
}

function isShort(values: readonly ValueCount[]): boolean {
  return values.every(({ text }) => fold(text).length === 1);
}
