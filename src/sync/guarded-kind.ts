import type { Change, ChangeKind } from './change.js';
import type { RoleName } from './person.js';

/** Changes as guards count them: a role that gives more rights is another thing than one that takes them. */
export const GUARDED_KINDS = [
  'create',
  'restore',
  'update',
  'join',
  'role_up',
  'role_down',
  'invite',
  'leave',
  'suspend',
] as const;

export type GuardedKind = (typeof GUARDED_KINDS)[number];

/** What a held change is held with: its own kind, or that of the change it builds on. */
export type HeldWith = GuardedKind | Extract<ChangeKind, 'create_group'>;

export const HELD_WITH = ['create_group', ...GUARDED_KINDS] as const satisfies readonly HeldWith[];

export function heldWithOf(change: Change): HeldWith {
  if (change.kind !== 'change_role') return change.kind;
  return isRoleUp(change.before, change.after) ? 'role_up' : 'role_down';
}

/** From one custom role to another nobody can tell which is more, so it counts as more. */
function isRoleUp(before: RoleName, after: RoleName): boolean {
  return after !== 'member' && before !== 'admin';
}
