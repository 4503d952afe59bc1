import type { GroupRef } from '../../sync/group.js';
import { groupId, groupWords, KIND_WORDS, withParents, type GroupId } from '../groups.js';
import type { Rules } from '../rules.js';
import type { Expectations } from '../state.js';
import { differs, type Pair } from './ours.js';
import type { Difference } from './result.js';

/** Which rule gives a group to those who should be in it: what to look at when somebody is in it who should not. */
export type RuleOfGroup = (group: GroupRef) => string;

/** For a group that nobody should be in: the first rule for groups of its kind. */
export function rulesOfGroups(rules: Rules, expected: Expectations): RuleOfGroup {
  const giving = new Map<GroupId, string>();
  for (const { person } of expected.values()) {
    for (const [id, { rule }] of person?.groups ?? []) if (!giving.has(id)) giving.set(id, rule);
  }
  return (group) =>
    giving.get(groupId(group)) ?? rules.groups.find(({ groups }) => groups.kind === group.kind)?.rule ?? 'groups';
}

/** Groups that the person should be in and is not, and the other way round. */
export function groupDifferences({ expectation, person, account }: Pair, ruleOf: RuleOfGroup): readonly Difference[] {
  const found = new Map(account.groups.map(({ group }) => [groupId(group), group]));
  const lacking = [...person.groups]
    .filter(([id]) => !found.has(id))
    .map(([, { group, rule }]) =>
      differs(expectation, {
        ...{ rule, what: KIND_WORDS[group.kind] },
        ...{ expected: `in the ${groupWords(group)}`, found: 'not in it' },
      }),
    );
  const surplus = [...found]
    .filter(([id]) => !person.groups.has(id))
    .map(([, group]) => {
      const excluded = withParents(group).flatMap((each) => person.notIn.get(groupId(each)) ?? [])[0];
      const why = excluded === undefined ? 'no rule gives this group to the person' : 'an exception takes it away';
      return differs(expectation, {
        ...{ rule: excluded ?? ruleOf(group), what: KIND_WORDS[group.kind] },
        ...{ expected: `not in it: ${why}`, found: `in the ${groupWords(group)}` },
      });
    });
  return [...lacking, ...surplus];
}
