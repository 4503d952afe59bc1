import { parentsOf, type GroupRef } from '../group.js';
import type { GroupName, GroupTarget, Place } from './mapping.js';
import type { Step } from './value-rule.js';

export interface NamedGroup {
  readonly group: GroupRef;
  readonly at: Place;
}

/** Groups that stand in the mapping by their name, whatever the rows say. */
export function namedGroups(target: GroupTarget): readonly NamedGroup[] {
  return groupsBy(target, (name) => (name.kind === 'fixed' ? [name] : []));
}

/** Also those that a table or `default` may give, depending on the row. */
export function possibleGroups(target: GroupTarget): readonly NamedGroup[] {
  return groupsBy(target, (name) => {
    if (name.kind === 'fixed') return [name];
    return name.kind === 'made' || name.kind === 'separated' ? textsOf(name.steps) : [];
  });
}

interface Named {
  readonly text: string;
  readonly at: Place;
}

/** The texts that steps put in. Their letters may change afterwards, which makes no other group of them. */
function textsOf(steps: readonly Step[]): readonly Named[] {
  return steps.flatMap((step) => {
    if (step.kind === 'lookup')
      return step.table.filter(({ to }) => to.trim() !== '').map(({ to, at }) => ({ text: to, at }));
    return step.kind === 'default' ? [{ text: step.text, at: step.at }] : [];
  });
}

function groupsBy(target: GroupTarget, namesOf: (name: GroupName) => readonly Named[]): readonly NamedGroup[] {
  if (target.kind !== 'local_department') {
    const { kind } = target;
    return namesOf(target.name).map(({ text, at }) => ({ group: { kind, name: text }, at }));
  }
  const { businessUnit, department } = target;
  if (businessUnit.kind !== 'fixed' || department.kind !== 'fixed') {
    return [
      ...groupsBy({ kind: 'business_unit', name: businessUnit }, namesOf),
      ...groupsBy({ kind: 'department', name: department }, namesOf),
    ];
  }
  const group: GroupRef = { kind: 'local_department', businessUnit: businessUnit.text, department: department.text };
  return [group, ...parentsOf(group)].map((each) => ({ group: each, at: department.at }));
}
