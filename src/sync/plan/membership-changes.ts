import type { PersonChange, Reason } from '../change.js';
import { groupKey, type GroupKind } from '../group.js';
import type { GroupKey, Xid } from '../ids.js';
import type { Membership, PersonState } from '../person.js';
import type { Reasons } from './reasons.js';
import { groupWords, roleWords } from './words.js';

/** The role in the network as a whole. */
export function networkRoleChanges(
  xid: Xid,
  written: PersonState,
  person: PersonState,
  reasons: Reasons,
): readonly PersonChange[] {
  const [before, after] = [written.networkRole, person.networkRole];
  if (before === after) return [];
  const reason = reasons.of('role', `Becomes ${roleWords(after)} of the network, was ${roleWords(before)}`);
  return [{ kind: 'change_role', xid, group: null, before, after, reason }];
}

/** Joins parents before local departments and leaves them after, so that nobody is in one without the other. */
export function membershipChanges(
  xid: Xid,
  written: PersonState,
  person: PersonState,
  reasons: Reasons,
): readonly PersonChange[] {
  const before = new Map(memberships(written));
  const after = new Map(memberships(person));
  const joined = [...after].filter(([key]) => !before.has(key));
  const left = [...before].filter(([key]) => !after.has(key)).reverse();
  return [
    ...joined.map(([key, { group }]): PersonChange => {
      const reason = reasons.ofGroup(key, `Belongs to the ${groupWords(group)}`);
      return { kind: 'join', xid, group, reason };
    }),
    ...[...after].flatMap(([key, membership]) => roleChange(xid, key, before.get(key), membership, reasons)),
    ...left.map(([, membership]) => leave(xid, membership, reasons.ofLeaving(membership.group))),
  ];
}

/** Every membership that the sync gave or adopted. */
export function leaveAllGroups(xid: Xid, written: PersonState, reason: Reason): readonly PersonChange[] {
  return memberships(written)
    .reverse()
    .map(([, membership]) => leave(xid, membership, reason));
}

function leave(xid: Xid, { group, role }: Membership, reason: Reason): PersonChange {
  return { kind: 'leave', xid, group, ...(role === 'member' ? {} : { role }), reason };
}

/** Whoever joins joins as a member. */
function roleChange(
  xid: Xid,
  key: GroupKey,
  written: Membership | undefined,
  { group, role: after }: Membership,
  reasons: Reasons,
) {
  const before = written?.role ?? 'member';
  if (before === after) return [];
  const text = `Becomes ${roleWords(after)} in the ${groupWords(group)}, was ${roleWords(before)}`;
  const change: PersonChange = { kind: 'change_role', xid, group, before, after, reason: reasons.ofRole(key, text) };
  return [change];
}

export const KIND_ORDER = [
  'business_unit',
  'department',
  'local_department',
  'topic',
] as const satisfies readonly GroupKind[];

/** By kind, parents first, then by key: the same for the same groups, in whatever order they were given. */
function memberships({ memberships: held }: PersonState): (readonly [GroupKey, Membership])[] {
  return Object.values(held)
    .map((membership) => [groupKey(membership.group), membership] as const)
    .sort(([a, { group: one }], [b, { group: other }]) => byKind(one.kind, other.kind) || (a < b ? -1 : 1));
}

export function byKind(one: GroupKind, other: GroupKind): number {
  return KIND_ORDER.indexOf(one) - KIND_ORDER.indexOf(other);
}
