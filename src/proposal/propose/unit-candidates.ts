import type { Concept } from '../names/concepts.js';
import { foldName } from '../names/fold.js';
import { foldedNames, type Overview, type OverviewGroup } from '../overview/overview.js';
import { shareOf, type ColumnProfile } from '../profile/profile.js';
import { says, type Described } from './described.js';
import { fitsGroup, percent } from './fits.js';
import type { Option } from './proposal.js';
import { CERTAINTY, DOUBLED, VERDICT } from './weights.js';

export type UnitTarget = 'businessUnit' | 'department';

/** A column by which people could be put into business units or departments. */
export interface UnitCandidate {
  readonly target: UnitTarget;
  readonly column: string;
  readonly option: Option;
}

interface UnitRule {
  readonly called: string;
  /** The files that customers hand over speak of locations; the others are what a few customers mean by a business unit. */
  readonly concepts: Readonly<Partial<Record<Concept, number>>>;
}

export const UNITS: Readonly<Record<UnitTarget, UnitRule>> = {
  businessUnit: {
    called: 'a location',
    concepts: {
      location: 1,
      businessUnit: 0.91,
      region: 0.5,
      company: 0.5,
      division: 0.5,
      city: 0.4,
      costCentre: 0.3,
      country: 0.25,
    },
  },
  department: {
    called: 'a department',
    concepts: { department: 1, orgUnit: 0.88, team: 0.7, division: 0.55, costCentre: 0.4 },
  },
};

/** The overview speaks for a column when so many of its cells are names of it, and against it when fewer are. */
const MOST_ARE_NAMES = 0.8;
const FEW_ARE_NAMES = 0.2;
/** What the overview alone says, however surely, is not certain while the name says something else. */
const BY_OVERVIEW_ALONE = 0.82;

/** What a column is worth as a unit of this kind, by its name, its cells and the overview; null when nothing. */
export function unitCandidate(
  target: UnitTarget,
  described: Described,
  overview: Overview | null,
): UnitCandidate | null {
  const { column, reading } = described;
  if (column.filled === 0 && reading === null) return null;
  const named = byName(target, described);
  const groups = (target === 'businessUnit' ? overview?.locations : overview?.departments) ?? [];
  const option = groups.length === 0 ? named : withOverview(target, described, named, groups);
  return option === null ? null : { target, column: column.name, option };
}

function byName(target: UnitTarget, described: Described): Option | null {
  const { column, reading } = described;
  const rule = UNITS[target];
  const weight = reading === null ? 0 : (rule.concepts[reading.concept] ?? 0);
  if (reading === null || weight === 0) return null;
  const fit = fitsGroup(column);
  const holdsCodes = says(described, 'CODE', 'ID', 'NUMBER') && !says(described, 'DESCRIPTION', 'NAME');
  const kind = holdsCodes ? 0.8 : says(described, 'DESCRIPTION', 'NAME') ? 1 : 0.98;
  const remarks = [
    ...(weight < 0.6 ? [`it is not certain that this is ${rule.called}`] : []),
    ...(holdsCodes ? ['groups would be called by their codes'] : []),
    ...(shareOf(column, 'several') > 0.05 ? ['some cells hold several values, which a mapping cannot take apart'] : []),
    ...(column.isDoubled ? ['the header has this name more than once'] : []),
  ];
  const severally = shareOf(column, 'several') > 0.05 ? 0.8 : 1;
  const score =
    CERTAINTY[reading.certainty] *
    weight *
    reading.rank *
    VERDICT[fit.verdict] *
    kind *
    severally *
    (column.isDoubled ? DOUBLED : 1);
  const joint = fit.verdict === 'contradicts' ? 'but' : 'and';
  const name = NAMED[reading.certainty];
  return {
    choice: { kind: 'column', column: column.name },
    confidence: score,
    reason: `${[`The name ${name} ${CALLED[reading.concept] ?? rule.called}, ${joint} ${fit.text}`, ...remarks].join('; ')}.`,
  };
}

const NAMED = {
  whole: 'says',
  guessed: 'seems to be short for',
  partly: 'says, with an unknown word,',
  mixed: 'says, among others,',
};
const CALLED: Readonly<Partial<Record<Concept, string>>> = {
  location: 'a location',
  businessUnit: 'a business unit',
  region: 'a region',
  company: 'a company',
  division: 'a division',
  city: 'a city',
  costCentre: 'a cost centre',
  country: 'a country',
  department: 'a department',
  orgUnit: 'an organisational unit',
  team: 'a team',
};

function withOverview(
  target: UnitTarget,
  { column, reading }: Described,
  named: Option | null,
  groups: readonly OverviewGroup[],
): Option | null {
  const { share, unknown } = overlap(column, groups);
  const what = target === 'businessUnit' ? 'locations' : 'departments';
  if (share >= MOST_ARE_NAMES) {
    if (reading?.concept === 'otherPerson' || reading?.concept === 'sensitive') return null;
    const sentence = `${percent(share)} of its cells are ${what} of the overview`;
    if (named === null)
      return {
        choice: { kind: 'column', column: column.name },
        confidence: BY_OVERVIEW_ALONE * share,
        reason: `The name does not say so, but ${sentence}.`,
      };
    const isCertain = named.confidence >= 0.7;
    const confidence = isCertain
      ? Math.max(named.confidence, 0.93 + share / 20)
      : Math.max(named.confidence, BY_OVERVIEW_ALONE * share);
    return {
      ...named,
      confidence: column.isDoubled ? confidence * DOUBLED : confidence,
      reason: `${named.reason} ${capital(sentence)}${listed(unknown)}.`,
    };
  }
  if (named === null || column.values.length === 0) return named;
  const share2 = share < FEW_ARE_NAMES ? 0.55 : 0.8;
  return {
    ...named,
    confidence: named.confidence * share2,
    reason: `${named.reason} Only ${percent(share)} of its cells are ${what} of the overview${listed(unknown)}.`,
  };
}

/** How many cells are names or codes of the overview, and which values are not. */
function overlap(column: ColumnProfile, groups: readonly OverviewGroup[]) {
  const names = foldedNames(groups);
  const known = column.values.filter(({ text }) => names.has(foldName(text)));
  const rows = known.reduce((sum, value) => sum + value.rows, 0);
  const unknown = column.values.filter((value) => !known.includes(value)).map(({ text }) => text);
  return { share: column.filled === 0 ? 0 : rows / column.filled, unknown };
}

/** Names of groups, which are no cells about people (`may-name.ts`). */
function listed(values: readonly string[]): string {
  if (values.length === 0) return '';
  const shown = values.slice(0, 3).map((value) => `"${value}"`);
  return `; not in it: ${shown.join(', ')}${values.length > shown.length ? ` and ${values.length - shown.length} more` : ''}`;
}

function capital(sentence: string): string {
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}
