import { onlyAdmin } from '../http/refusal.js';
import type { Effect } from '../state/effects.js';
import type { Attributes, User } from '../state/entities.js';
import { hashPassword, newEid } from '../state/ids.js';
import type { NetworkState } from '../state/network-state.js';
import type { World } from '../state/world.js';
import { newMembership, putMembership } from './memberships.js';
import { isOnlyAdministrator } from './roles.js';

export type UserStatus = 'active' | 'inactive' | 'canceled' | 'deleted';

/** Removal is a soft delete for 30 days (`speakap-user-sync.md`, 11). */
export const RECOVERABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** `inactive` means invited or created, not yet activated; suspended people are `deleted`, or `canceled` when they never were active. */
export function statusOf(user: User): UserStatus {
  if (user.suspendedAt !== null) return user.activated ? 'deleted' : 'canceled';
  return user.activated ? 'active' : 'inactive';
}

export const NO_ATTRIBUTES: Attributes = {
  givenName: '',
  familyName: '',
  email: null,
  otherEmails: [],
  phones: [],
  title: null,
  preferredLanguage: null,
  upn: null,
  bag: {},
  employeeNumber: null,
  department: null,
};

export function newUser(at: string, given: Partial<User>): User {
  return {
    eid: newEid(),
    scimId: null,
    userName: null,
    xid: null,
    attributes: NO_ATTRIBUTES,
    password: null,
    activated: false,
    invitedAt: null,
    suspendedAt: null,
    created: at,
    lastModified: at,
    ...given,
  };
}

/** A new person with the membership of the network that everybody has. */
export function createEffects(network: NetworkState, user: User, role: string, lockedBy: string | null): Effect[] {
  const membership = { ...newMembership(user.eid, null, role, user.created), invitedAt: user.invitedAt, lockedBy };
  return [putUser(network, user), putMembership(network, membership, user.created)];
}

export function putUser(network: NetworkState, user: User): Effect {
  return { kind: 'user', in: network.eid, user };
}

/** Keeps memberships, user name and XID; a pending invitation is gone. @throws Refusal -12 for the only administrator. */
export function suspended(network: NetworkState, user: User, at: string): User {
  if (isOnlyAdministrator(network, user.eid)) throw onlyAdmin();
  return user.suspendedAt !== null ? user : { ...user, suspendedAt: at, invitedAt: null, lastModified: at };
}

export function restored(user: User, at: string): User {
  return user.suspendedAt === null ? user : { ...user, suspendedAt: null, lastModified: at };
}

export function withPassword(user: User, password: string, temporary: boolean): User {
  return { ...user, password: { hash: hashPassword(user.eid, password), temporary } };
}

/** After 30 days a suspended person is gone for good, and what was theirs is free again. */
export function forgetExpired(world: World, network: NetworkState): void {
  const limit = world.now() - RECOVERABLE_MS;
  const gone: Effect[] = [];
  for (const [eid, since] of network.suspended) {
    if (since > limit) break;
    gone.push({ kind: 'user_gone', in: network.eid, eid });
  }
  world.commit(gone);
}
