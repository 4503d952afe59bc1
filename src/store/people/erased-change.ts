import type { Change, Reason } from '../../sync/change.js';
import type { PersonState } from '../../sync/person.js';
import type { Xid } from '../../sync/ids.js';

/**
 * What is left of a change when its person was forgotten: its kind, its rule, and groups and roles. So the counts of its run, and
 * what became of the network's groups, can still be told.
 */
export function erasedChange(change: Change, pseudonym: Xid): Change {
  const reason = erasedReason(change.reason);
  switch (change.kind) {
    case 'create_group':
      // Of nobody; but its reason may name the row that asked for the group first.
      return { ...change, reason };
    case 'create':
      return { kind: 'create', xid: pseudonym, person: erasedPerson(change.person, pseudonym), reason };
    case 'update':
      return { kind: 'update', xid: pseudonym, before: {}, after: {}, userName: pseudonym, reason };
    case 'restore':
      return { kind: 'restore', xid: pseudonym, reason };
    case 'suspend':
    case 'join':
    case 'leave':
    case 'change_role':
    case 'invite':
      return { ...change, xid: pseudonym, reason };
  }
}

function erasedReason({ rule, line }: Reason): Reason {
  return { rule, ...(line === undefined ? {} : { line }), text: 'the person was forgotten', rows: [] };
}

function erasedPerson({ audience, networkRole }: PersonState, pseudonym: Xid): PersonState {
  return { userName: pseudonym, profile: {}, audience, networkRole, memberships: {} };
}
