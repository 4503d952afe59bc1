import type { Concept } from '../names/concepts.js';
import { foldName } from '../names/fold.js';
import { foldedNames, type Overview, type OverviewGroup } from '../overview/overview.js';
import { shareOf, type ColumnProfile } from '../profile/profile.js';
import { says, type Described } from './described.js';
import { fitsGroup, percent } from './fits.js';
import { decide, type Decision, type Option } from './proposal.js';

type UnitTarget = 'businessUnit' | 'department';

interface UnitRule {
  readonly called: string;
  /** The files that customers hand over speak of locations; the others are what a few customers mean by a business unit. */
  readonly concepts: Readonly<Partial<Record<Concept, number>>>;
}

const UNITS: Readonly<Record<UnitTarget, UnitRule>> = {
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
    concepts: { department: 1, orgUnit: 0.91, team: 0.7, division: 0.55, costCentre: 0.4 },
  },
};

const CERTAINTY = { whole: 0.97, guessed: 0.8, partly: 0.66, mixed: 0.3 } as const;
const VERDICT = { agrees: 1, silent: 0.83, contradicts: 0.2 } as const;
const RIVALRY = 0.12;
const AMONG_RIVALS = 0.78;
const LEAST_CHOSEN = 0.3;
/** The overview speaks for a column when so many of its cells are names of it, and against it when fewer are. */
const MOST_ARE_NAMES = 0.8;
const FEW_ARE_NAMES = 0.2;
/** What the overview alone says, however surely, is not certain while the name says something else. */
const BY_OVERVIEW_ALONE = 0.82;

/** Business unit, department and local department. Columns in `taken` are fields of a person already. */
export function proposeGroups(
  described: readonly Described[],
  overview: Overview | null,
  taken: ReadonlySet<string>,
): readonly Decision[] {
  const free = described.filter(({ column }) => !taken.has(column.name));
  const candidates = (['businessUnit', 'department'] as const)
    .flatMap((target) => free.flatMap((each) => unit(target, each, overview) ?? []))
    .sort((a, b) => b.option.confidence - a.option.confidence || (a.column < b.column ? -1 : 1));
  const chosen = choose(candidates);
  const businessUnit = unitDecision('businessUnit', chosen, candidates);
  const department = unitDecision('department', chosen, candidates);
  return [businessUnit, department, localDepartment(businessUnit, department, overview)];
}

interface UnitCandidate {
  readonly target: UnitTarget;
  readonly column: string;
  readonly option: Option;
}

function choose(candidates: readonly UnitCandidate[]): ReadonlyMap<UnitTarget, UnitCandidate> {
  const chosen = new Map<UnitTarget, UnitCandidate>();
  for (const candidate of candidates) {
    const isUsed = [...chosen.values()].some(({ column }) => column === candidate.column);
    if (candidate.option.confidence < LEAST_CHOSEN || isUsed || chosen.has(candidate.target)) continue;
    chosen.set(candidate.target, candidate);
  }
  return chosen;
}

function unitDecision(
  target: UnitTarget,
  chosen: ReadonlyMap<UnitTarget, UnitCandidate>,
  candidates: readonly UnitCandidate[],
): Decision {
  const best = chosen.get(target);
  const used = [...chosen.values()].map(({ column }) => column);
  const others = candidates.filter((each) => each.target === target && !used.includes(each.column));
  const alternatives = others.slice(0, 3).map(({ option }) => option);
  if (!best) {
    const reason = `No column is likely enough to be ${UNITS[target].called}.`;
    return decide(
      target,
      { choice: { kind: 'none' }, confidence: others.length > 0 ? 0.5 : 0.7, reason },
      alternatives,
    );
  }
  const rivals = others.filter(({ option }) => option.confidence > best.option.confidence - RIVALRY);
  if (rivals.length === 0) return decide(target, best.option, alternatives);
  const names = rivals.slice(0, 3).map(({ column }) => `"${column}"`);
  const reason = `${best.option.reason} It could as well be ${names.join(' or ')}.`;
  return decide(
    target,
    { ...best.option, confidence: Math.min(best.option.confidence, AMONG_RIVALS), reason },
    alternatives,
  );
}

function unit(target: UnitTarget, described: Described, overview: Overview | null): UnitCandidate | null {
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
    (column.isDoubled ? 0.5 : 1);
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
      confidence: column.isDoubled ? confidence * 0.5 : confidence,
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

function localDepartment(businessUnit: Decision, department: Decision, overview: Overview | null): Decision {
  const [unit, dept] = [businessUnit.choice, department.choice];
  if (unit.kind !== 'column' || dept.kind !== 'column') {
    const reason = 'A local department needs a column for its business unit and one for its department.';
    return decide('localDepartment', { choice: { kind: 'none' }, confidence: 0.7, reason });
  }
  const weaker = Math.min(businessUnit.confidence, department.confidence);
  const [factor, reason] =
    overview === null
      ? ([
          0.85,
          'A department at a location is a local department; there is no overview that says which exist.',
        ] as const)
      : overview.pairs.length > 0
        ? ([1, 'The overview says which departments are at which locations.'] as const)
        : ([
            0.55,
            'The overview does not say which departments are at which locations, so there may be no local departments.',
          ] as const);
  return decide('localDepartment', {
    choice: { kind: 'columns', businessUnit: unit.column, department: dept.column },
    confidence: weaker * factor,
    reason,
  });
}
