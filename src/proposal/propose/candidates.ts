import type { NameReading } from '../names/read-name.js';
import { filledShare } from '../profile/profile.js';
import type { Described } from './described.js';
import { FIELD_RULES, type FieldRule, type PersonField, type Preference } from './field-rules.js';
import { percent, type Fit } from './fits.js';
import type { Option } from './proposal.js';
import { CERTAINTY, DOUBLED, VERDICT } from './weights.js';

/** A column that could be a field. */
export interface Candidate {
  readonly field: PersonField;
  readonly described: Described;
  /** 0 to 1. */
  readonly score: number;
  readonly reason: string;
}

/** Less is no candidate. */
const LEAST = 0.2;

/** Every column that could be a field, best first. The order of the columns plays no part. */
export function candidatesFor(described: readonly Described[]): readonly Candidate[] {
  return FIELD_RULES.flatMap((rule) => described.flatMap((each) => candidate(rule, each) ?? [])).sort(
    (a, b) => b.score - a.score || byCodeUnit(a.described.column.name, b.described.column.name),
  );
}

export function optionOf({ described, score, reason }: Candidate): Option {
  return { choice: { kind: 'column', column: described.column.name }, confidence: score, reason };
}

function candidate(rule: FieldRule, described: Described): Candidate | null {
  const best = byName(rule, described) ?? byCells(rule, described);
  return best !== null && best.score >= LEAST ? best : null;
}

function byName(rule: FieldRule, described: Described): Candidate | null {
  const { column, reading } = described;
  const weight = reading === null ? 0 : (rule.concepts[reading.concept] ?? 0);
  if (reading === null || weight === 0) return null;
  const fit = rule.fits(column, reading.concept);
  const preference = rule.preferences.find(({ applies }) => applies(described));
  const score = CERTAINTY[reading.certainty] * weight * reading.rank * VERDICT[fit.verdict] * (preference?.factor ?? 1);
  return {
    field: rule.field,
    described,
    score: column.isDoubled ? score * DOUBLED : score,
    reason: reasonByName(rule, described, reading, fit, preference),
  };
}

function reasonByName(
  rule: FieldRule,
  { column }: Described,
  reading: NameReading,
  fit: Fit,
  preference?: Preference,
): string {
  const name = {
    whole: `The name says ${rule.called}`,
    guessed: `The name seems to be short or misspelt for ${rule.called}`,
    partly: `The name says ${rule.called}, with a word that is not known`,
    mixed: `The name says ${rule.called}, and something else as well`,
  }[reading.certainty];
  const filled = filledShare(column);
  const remarks = [
    ...(preference?.remark ? [preference.remark] : []),
    ...(column.filled > 0 && filled < 0.98 ? [`${percent(filled)} of the rows have one`] : []),
    ...(column.isDoubled ? ['the header has this name more than once'] : []),
  ];
  const joint = fit.verdict === 'agrees' ? 'and' : 'but';
  return `${[`${name}, ${joint} ${fit.text}`, ...remarks].join('; ')}.`;
}

/** What the cells alone say, of a column whose name says nothing, or says something that they contradict. */
function byCells(rule: FieldRule, described: Described): Candidate | null {
  const { column, reading } = described;
  const score = rule.byCellsAlone(column);
  if (score === 0 || !mayBeAnything(described)) return null;
  const fit = rule.fits(column, null);
  if (fit.verdict !== 'agrees') return null;
  return {
    field: rule.field,
    described,
    score: (column.isDoubled ? DOUBLED : 1) * (reading === null ? score : score * 0.8),
    reason: `The name does not say so, but ${fit.text}.`,
  };
}

/** Whether the name leaves open what the column is: it says nothing, little, or what the cells contradict. */
function mayBeAnything({ column, reading }: Described): boolean {
  if (reading === null) return true;
  if (reading.rank < LITTLE && reading.certainty !== 'whole') return true;
  if (reading.certainty === 'mixed') return false;
  if (reading.concept === 'other' && reading.certainty !== 'whole') return true;
  const own = FIELD_RULES.find(({ concepts }) => (concepts[reading.concept] ?? 0) > 0.5);
  return own !== undefined && own.fits(column, reading.concept).verdict === 'contradicts';
}

/** A bare "number" with a word that is not known. */
const LITTLE = 0.8;

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
