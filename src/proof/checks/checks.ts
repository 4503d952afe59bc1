import type { Rules } from '../rules.js';
import type { Expectation } from '../state.js';
import { groupDifferences, rulesOfGroups } from './groups.js';
import { invitationDifferences } from './invitations.js';
import { pairsOf, type Pair } from './ours.js';
import { absences, leftOvers, strangers } from './presence.js';
import { ownersOf, profileDifferences } from './profile.js';
import { Gathered, type CheckName, type CheckResult, type TestDay } from './result.js';
import { roleDifferences } from './roles.js';
import { checkUntouched } from './untouched.js';

/** The four questions about the activation, and whether everybody else was left in peace (timeline, weeks 5 and 6). */
export function checkActivation(rules: Rules, day: TestDay): readonly CheckResult[] {
  const pairs = pairsOf(day);
  const compare = comparers(rules, day);
  return [
    checkInvited('all-invited', day),
    checkPairs('right-groups', pairs, compare.groups),
    checkPairs('prefilled', pairs, compare.profile),
    checkPairs('right-roles', pairs, compare.roles),
    checkUntouched(day),
  ];
}

/** The three questions about a daily synchronisation, and the last again. @param day `previous` is needed: what was expected the day before. */
export function checkDaily(rules: Rules, day: TestDay): readonly CheckResult[] {
  const compare = comparers(rules, day);
  const removed = new Gathered('former-removed');
  const isRestored = ({ event }: Expectation) => event === 'restored';
  removed.lookedAt = count(day, (each) => each.account === 'suspended' || isRestored(each));
  removed.add(...leftOvers(day, ({ account }) => account === 'suspended'), ...absences(day, isRestored));
  const changed = new Gathered('changes-applied');
  const pairs = pairsOf(day);
  changed.lookedAt = pairs.length;
  changed.add(...absences(day, ({ event }) => event === 'kept' || event === 'unchanged'));
  for (const pair of pairs) changed.add(...compare.groups(pair), ...compare.profile(pair), ...compare.roles(pair));
  return [checkInvited('new-invited', day), removed.result(), changed.result(), checkUntouched(day)];
}

/** Each once, at their own address, and nobody else: no account without a row, and no invitation without an account. */
function checkInvited(check: CheckName, day: TestDay): CheckResult {
  const gathered = new Gathered(check);
  const isNew = ({ event }: Expectation) => check === 'all-invited' || event === 'created';
  gathered.lookedAt = day.expected.size;
  gathered.add(
    ...absences(day, isNew),
    ...leftOvers(day, ({ account }) => account === 'absent'),
    ...strangers(day),
    ...invitationDifferences(day),
  );
  return gathered.result();
}

function checkPairs(
  check: CheckName,
  pairs: readonly Pair[],
  compare: (pair: Pair) => readonly CheckResult['differences'][number][],
): CheckResult {
  const gathered = new Gathered(check);
  gathered.lookedAt = pairs.length;
  for (const pair of pairs) gathered.add(...compare(pair));
  return gathered.result();
}

function comparers(rules: Rules, { expected }: TestDay) {
  const given = rulesOfGroups(rules, expected);
  const owners = ownersOf(expected);
  const fields = new Set<string>(rules.profile.map(({ field }) => field));
  return {
    groups: (pair: Pair) => groupDifferences(pair, given),
    profile: (pair: Pair) => profileDifferences(pair, fields, owners),
    roles: (pair: Pair) => roleDifferences(rules, pair),
  };
}

function count({ expected }: TestDay, isCounted: (each: Expectation) => boolean): number {
  let found = 0;
  for (const each of expected.values()) if (isCounted(each)) found++;
  return found;
}
