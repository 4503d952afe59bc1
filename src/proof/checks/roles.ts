import { groupId, groupWords } from '../groups.js';
import type { Rules } from '../rules.js';
import { differs, type Pair } from './ours.js';
import type { Difference } from './result.js';

/** Roles in the network, and in those groups that the person should be in and is. */
export function roleDifferences(rules: Rules, { expectation, person, account }: Pair): readonly Difference[] {
  const differences: Difference[] = [];
  // For a role that no rule gives to this person: the first that gives it to others there.
  const ruleOf = (target: Rules['roles'][number]['target'], role: string) =>
    rules.roles.find((each) => each.target === target && isSame(each.role, role))?.rule ?? 'roles';
  const { value, rule } = person.networkRole;
  // A network may name another built-in role for somebody who has not activated the account: it gives no rights.
  const inNetwork = account.networkRole ?? 'member';
  if (!isSame(inNetwork, value)) {
    const by = rule === 'roles' ? ruleOf('network', inNetwork) : rule;
    differences.push(
      differs(expectation, { rule: by, what: 'role in the network', expected: value, found: inNetwork }),
    );
  }
  for (const { group, role } of account.groups) {
    const expected = person.groups.get(groupId(group));
    if (expected === undefined || isSame(role ?? 'member', expected.role)) continue;
    differences.push(
      differs(expectation, {
        rule: expected.roleRule ?? ruleOf(group.kind, role ?? 'member'),
        what: `role in the ${groupWords(group)}`,
        ...{ expected: expected.role, found: role ?? 'member' },
      }),
    );
  }
  return differences;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
