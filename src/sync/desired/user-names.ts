import type { Xid } from '../ids.js';
import type { Outcome } from '../person.js';

/** User names that more than one person claims, ignoring case, with their XIDs in order. Who may have it is for a person to say. */
export function userNameConflicts(outcomes: Iterable<Outcome>): ReadonlyMap<string, readonly Xid[]> {
  const claims = new Map<string, Xid[]>();
  for (const outcome of outcomes) {
    if (outcome.kind !== 'active') continue;
    const userName = outcome.person.userName.toLowerCase();
    claims.set(userName, [...(claims.get(userName) ?? []), outcome.xid].sort());
  }
  return new Map([...claims].filter(([, xids]) => xids.length > 1));
}
