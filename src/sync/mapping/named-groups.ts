import { parentsOf, type GroupRef } from '../group.js';
import type { GroupTarget, Place } from './mapping.js';

/** Groups that stand in the mapping by their name, whatever the rows say. */
export function namedGroups(target: GroupTarget): readonly { readonly group: GroupRef; readonly at: Place }[] {
  if (target.kind !== 'local_department') {
    return target.name.kind === 'fixed'
      ? [{ group: { kind: target.kind, name: target.name.text }, at: target.name.at }]
      : [];
  }
  const { businessUnit, department } = target;
  if (businessUnit.kind !== 'fixed' || department.kind !== 'fixed') {
    return [
      ...namedGroups({ kind: 'business_unit', name: businessUnit }),
      ...namedGroups({ kind: 'department', name: department }),
    ];
  }
  const group: GroupRef = { kind: 'local_department', businessUnit: businessUnit.text, department: department.text };
  return [group, ...parentsOf(group)].map((each) => ({ group: each, at: department.at }));
}
