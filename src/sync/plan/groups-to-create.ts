import type { Change, PersonChange } from '../change.js';
import { groupKey, parentsOf, type GroupRef } from '../group.js';
import type { GroupKey } from '../ids.js';
import { byKind } from './membership-changes.js';
import { groupWords } from './words.js';

type CreateGroup = Extract<Change, { readonly kind: 'create_group' }>;

/** The groups that people join and the network does not have yet, each once, parents first. */
export function groupsToCreate(
  changes: Iterable<PersonChange>,
  existing: ReadonlySet<GroupKey>,
): readonly CreateGroup[] {
  const missing = new Map<GroupKey, CreateGroup>();
  for (const change of changes) {
    if (change.kind !== 'join') continue;
    for (const group of [...parentsOf(change.group), change.group]) {
      const key = groupKey(group);
      if (!existing.has(key) && !missing.has(key)) missing.set(key, createGroup(group, change));
    }
  }
  return [...missing]
    .sort(([a, one], [b, other]) => byKind(one.group.kind, other.group.kind) || (a < b ? -1 : 1))
    .map(([, change]) => change);
}

function createGroup(group: GroupRef, { reason }: PersonChange): CreateGroup {
  const text = `People belong to the ${groupWords(group)}, and the network does not have it`;
  return { kind: 'create_group', group, reason: { ...reason, text } };
}
