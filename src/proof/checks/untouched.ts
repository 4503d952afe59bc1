import { groupId, groupWords } from '../groups.js';
import type { FoundPerson } from '../found.js';
import { foreignXids } from './ours.js';
import { Gathered, type CheckResult, type Difference, type TestDay } from './result.js';

/** Accounts that are not the sync's own, and those that an exception leaves alone before the sync made one: as they were before. */
export function checkUntouched(day: TestDay): CheckResult {
  const gathered = new Gathered('untouched');
  const foreign = foreignXids(day);
  const after = new Map(day.found.people.map((person) => [person.eid, person]));
  for (const person of day.before.people) {
    if (person.xid !== null && !foreign.has(person.xid)) continue;
    gathered.lookedAt++;
    gathered.add(...changesOf(person, after.get(person.eid), day.expected.get(person.xid ?? '')?.rule));
  }
  return gathered.result();
}

function changesOf(
  before: FoundPerson,
  after: FoundPerson | undefined,
  rule = 'managed people only',
): readonly Difference[] {
  const person = before.xid ?? 'an account without XID';
  const differs = (what: string, expected: string, found: string): Difference => ({
    person,
    rule,
    what,
    expected,
    found,
    rows: [],
  });
  // A suspended account may be in no list of the network.
  if (after === undefined) return before.isActive ? [differs('account', 'active, as before', 'not there')] : [];
  const was = new Map(before.groups.map((each) => [groupId(each.group), each]));
  const is = new Map(after.groups.map((each) => [groupId(each.group), each]));
  return [
    ...(before.isActive === after.isActive
      ? []
      : [
          differs(
            'account',
            before.isActive ? 'active, as before' : 'suspended, as before',
            after.isActive ? 'active' : 'suspended',
          ),
        ]),
    ...(JSON.stringify(sorted(before.profile)) === JSON.stringify(sorted(after.profile))
      ? []
      : [differs('profile', 'as before', 'changed')]),
    ...(before.networkRole === after.networkRole
      ? []
      : [differs('role in the network', before.networkRole ?? 'none', after.networkRole ?? 'none')]),
    ...[...was.keys()]
      .filter((id) => !is.has(id))
      .map((id) => differs('group', `in the ${words(was, id)}`, 'not in it')),
    ...[...is.keys()]
      .filter((id) => !was.has(id))
      .map((id) => differs('group', 'not in it', `in the ${words(is, id)}`)),
    ...[...is.keys()]
      .filter((id) => was.has(id) && was.get(id)?.role !== is.get(id)?.role)
      .map((id) => differs(`role in the ${words(is, id)}`, was.get(id)?.role ?? 'none', is.get(id)?.role ?? 'none')),
  ];
}

function words(groups: ReadonlyMap<string, FoundPerson['groups'][number]>, id: string): string {
  const found = groups.get(id);
  return found === undefined ? 'group' : groupWords(found.group);
}

function sorted(profile: object): readonly (readonly [string, unknown])[] {
  return Object.entries(profile).sort(([a], [b]) => (a < b ? -1 : 1));
}
