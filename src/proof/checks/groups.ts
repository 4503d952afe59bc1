import { groupId, groupWords, KIND_WORDS, type GroupId } from '../groups.js';
import type { Expectation, Expectations } from '../state.js';
import { differs, type Pair } from './ours.js';
import type { Difference } from './result.js';

/** Which rule gives a group to those who should be in it: what to look at when somebody is in it who should not. */
export type RuleOfGroup = ReadonlyMap<GroupId, string>;

export function rulesOfGroups(expected: Expectations): RuleOfGroup {
  const rules = new Map<GroupId, string>();
  for (const { person } of expected.values()) {
    for (const [id, { rule }] of person?.groups ?? []) if (!rules.has(id)) rules.set(id, rule);
  }
  return rules;
}

/** Groups that the person should be in and is not, and the other way round. */
export function groupDifferences({ expectation, person, account }: Pair, rules: RuleOfGroup): readonly Difference[] {
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
    .map(([id, group]) =>
      differs(expectation, {
        ...{ rule: rules.get(id) ?? 'groups', what: KIND_WORDS[group.kind] },
        ...{ expected: whyNot(expectation), found: `in the ${groupWords(group)}` },
      }),
    );
  return [...lacking, ...surplus];
}

function whyNot({ rows }: Expectation): string {
  return rows.length === 0 ? 'as before' : 'not in it: no rule gives this group to the person';
}
