import type { PersonChange } from '../change.js';
import { groupKey } from '../group.js';
import type { PersonState } from '../person.js';
import type { LinkState } from './link-state.js';
import { nothingWritten } from './plan-person.js';
import { isReaddressed } from './profile-changes.js';

/** What a link holds once these changes succeeded; null when there is still no account. Those that failed are left out by the caller. */
export function afterChanges(link: LinkState | null, changes: readonly PersonChange[]): LinkState | null {
  return changes.reduce(afterChange, link);
}

function afterChange(link: LinkState | null, change: PersonChange): LinkState | null {
  if (change.kind === 'create') return { state: 'active', written: nothingWritten(change.person), invited: false };
  if (link === null) return null;
  switch (change.kind) {
    case 'restore':
      // Suspending cancelled the invitation. Until another one went out, the person counts as not told; a letter stays good.
      return { ...link, state: 'active', invited: link.invited && link.written.audience === 'letter' };
    case 'suspend':
      return { ...link, state: 'suspended' };
    case 'invite':
      return { ...link, invited: true, written: { ...link.written, audience: change.audience } };
    case 'update':
      return {
        ...link,
        // The invitation went to another address. Until one went to this one, the person counts as not told.
        invited: link.invited && !isReaddressed(link.written, change.after),
        written: afterUpdate(link.written, change),
      };
    case 'join':
    case 'leave':
    case 'change_role':
      return { ...link, written: afterGroupChange(link.written, change) };
  }
}

function afterUpdate(
  { gaveUp, ...written }: PersonState,
  change: Extract<PersonChange, { kind: 'update' }>,
): PersonState {
  const after = { ...written, profile: change.after, userName: change.userName };
  if (change.vacates !== true) return after;
  const address = written.profile.email ?? gaveUp;
  return address === undefined ? after : { ...after, gaveUp: address };
}

type GroupChange = Extract<PersonChange, { readonly kind: 'join' | 'leave' | 'change_role' }>;

function afterGroupChange(written: PersonState, change: GroupChange): PersonState {
  if (change.kind === 'change_role' && change.group === null) return { ...written, networkRole: change.after };
  if (change.group === null) return written;
  const key = groupKey(change.group);
  const { [key]: _, ...others } = written.memberships;
  if (change.kind === 'leave') return { ...written, memberships: others };
  const role = change.kind === 'join' ? 'member' : change.after;
  return { ...written, memberships: { ...written.memberships, [key]: { group: change.group, role } } };
}
