import { groupKey } from '../group.js';
import type { GroupKey } from '../ids.js';
import type { Membership, PersonState } from '../person.js';

/**
 * What the sync wrote, where today's record says the same: a role or a group that it does not give any more is not given back, though
 * the run that takes it away was not yet, or waits for a person. Of these the network's stays as it is shown.
 */
export function stillWanted(written: PersonState, wanted: PersonState, shown: PersonState): PersonState {
  const networkRole = wanted.networkRole === written.networkRole ? written.networkRole : shown.networkRole;
  const wantedBy = new Map(Object.values(wanted.memberships).map((each) => [groupKey(each.group), each]));
  const memberships: Record<GroupKey, Membership> = {};
  for (const each of Object.values(written.memberships)) {
    const key = groupKey(each.group);
    const membership = membershipOf(each, wantedBy.get(key), shown.memberships[key]);
    if (membership !== undefined) memberships[key] = membership;
  }
  return { ...written, networkRole, memberships };
}

function membershipOf(
  written: Membership,
  wanted: Membership | undefined,
  shown: Membership | undefined,
): Membership | undefined {
  if (wanted?.role === written.role) return written;
  // Whoever is to be in the group, with another role than was written, joins it as all do.
  return shown ?? (wanted === undefined ? undefined : { ...written, role: 'member' });
}
