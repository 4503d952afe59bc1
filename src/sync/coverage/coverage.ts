import type { ChangeKind } from '../change.js';
import type { Effect } from '../effect/effect.js';
import type { Mapping } from '../mapping/mapping.js';
import { exceptionLines, groupLines, invitationLines, prefillLines, removalLines, roleLines } from './lines.js';

/** The six business rules that are built in weeks 3 and 4 (`implementation-timeline.txt`), in its order. */
export const COVERAGE_ITEMS = [
  'rule-invitations',
  'rule-prefill',
  'rule-groups',
  'rule-removal',
  'rule-roles',
  'rule-exceptions',
] as const;

export type CoverageItem = (typeof COVERAGE_ITEMS)[number];

/** `covered`: every rule of the kind decided about somebody. `not shown`: at least one did not, or nothing could be seen yet. */
export type CoverageState = 'covered' | 'not shown' | 'not configured';

/** How a dry run shows that one of the six is in force. Counts and words of the mapping; no ids, names or values. */
export interface RuleCoverage {
  readonly item: CoverageItem;
  readonly state: CoverageState;
  /** About whom the rules decided. */
  readonly people: number;
  readonly lines: readonly CoverageLine[];
  /** What was seen, or what was not and why. */
  readonly sentence: string;
}

export interface CoverageLine {
  /** `groups[2]` */
  readonly path: string;
  readonly words: string;
  readonly people: number;
}

/** What a dry run of exactly this mapping planned. */
export interface PlanFacts {
  /** Number of the run within the customer. */
  readonly run: number;
  /** People with an account under the sync when it was planned. */
  readonly managed: number;
  readonly kinds: readonly { readonly kind: ChangeKind; readonly changes: number; readonly held: number }[];
  /** How many people each rule would suspend: `active`, `missing`, `exceptions[1]`. */
  readonly suspendedBy: readonly { readonly rule: string; readonly people: number }[];
  /** Words of the guard that held something; null where none did. */
  readonly guard: string | null;
}

export interface CoverageInput {
  readonly mapping: Mapping;
  readonly effect: Effect;
  readonly plan: PlanFacts;
}

/** What the snapshot and the dry run show of each of the six rules. */
export function coverageOf(input: CoverageInput): readonly RuleCoverage[] {
  const { mapping, effect, plan } = input;
  const { people, audiences } = effect;
  const invited = audiences.email + audiences.sms + audiences.letter;
  return [
    judge('rule-invitations', invited, invitationLines(mapping, effect), [
      `${invited} people would be invited, and ${audiences.sso + audiences.none} get an account without an invitation`,
      changesOf(plan, 'invite'),
    ]),
    judge('rule-prefill', people.active, prefillLines(mapping, effect), [
      `The profiles of ${people.active} people are filled in`,
      changesOf(plan, 'create'),
    ]),
    judge('rule-groups', people.inGroups, groupLines(mapping, effect), [
      `${people.inGroups} people land in ${effect.groups.length} groups`,
      changesOf(plan, 'join', 'leave'),
    ]),
    removal(input),
    judge('rule-roles', people.withRole, roleLines(mapping, effect), [
      `The rules decide about the role of ${people.withRole} people`,
      changesOf(plan, 'change_role'),
    ]),
    judge('rule-exceptions', people.excepted, exceptionLines(mapping, effect), [
      `There are exceptions for ${people.excepted} people: ${people.leftAlone} are left alone, ${people.keptOut} kept out`,
    ]),
  ];
}

function judge(
  item: CoverageItem,
  people: number,
  lines: readonly CoverageLine[],
  seen: readonly string[],
): RuleCoverage {
  if (lines.length === 0) {
    return { item, state: 'not configured', people: 0, lines, sentence: 'The mapping has no rules of this kind.' };
  }
  const unmet = lines.filter((line) => line.people === 0).map(({ path }) => path);
  const told = `${seen.filter((words) => words !== '').join('; ')}.`;
  if (unmet.length === 0) return { item, state: 'covered', people, lines, sentence: told };
  return {
    item,
    state: 'not shown',
    people,
    lines,
    sentence: `${told} Nobody in the snapshot meets ${unmet.join(', ')}.`,
  };
}

/**
 * Removal cannot be seen as the others can: in a first dry run nobody has an account. So it counts as shown when the active
 * rule leaves somebody out, or somebody would be suspended.
 */
function removal({ mapping, effect, plan }: CoverageInput): RuleCoverage {
  const item = 'rule-removal';
  const lines = removalLines(mapping, effect, plan);
  const { inactive } = effect.people;
  const suspended = plan.suspendedBy.reduce((sum, { people }) => sum + people, 0);
  const guard = plan.guard === null ? '' : ` ${plan.guard}`;
  const seen =
    `${inactive} people are not active and would be suspended if they had accounts; this run would suspend ${suspended} ` +
    `of ${plan.managed} people who have one.${guard}`;
  const isShown = mapping.active === null ? suspended > 0 : inactive > 0;
  if (isShown) return { item, state: 'covered', people: Math.max(inactive, suspended), lines, sentence: seen };
  const why =
    mapping.active === null
      ? 'Without an active rule only those leave who are missing in a later delivery, which a first one cannot show.'
      : 'Nobody in the snapshot is left out by the active rule.';
  return { item, state: 'not shown', people: suspended, lines, sentence: `${seen} ${why}` };
}

function changesOf({ kinds, run }: PlanFacts, ...wanted: readonly ChangeKind[]): string {
  const changes = kinds.filter(({ kind }) => wanted.includes(kind)).reduce((sum, each) => sum + each.changes, 0);
  return `dry run ${run} plans ${changes} ${changes === 1 ? 'change' : 'changes'} for it`;
}
