import type { Eid, GroupKey, Xid } from '../ids.js';
import type { Profile, RoleName } from '../person.js';

/** What the network shows of one account that is not suspended. */
export interface ShownAccount {
  readonly xid: Xid | null;
  readonly profile: Profile;
  /** null: a built-in role that tells nothing, such as that of somebody who is only invited. */
  readonly networkRole: RoleName | null;
  /** Roles in the groups that were read. */
  readonly groups: ReadonlyMap<GroupKey, RoleName | null>;
}

/** One reading of a whole network. */
export interface NetworkReading {
  readonly accounts: ReadonlyMap<Eid, ShownAccount>;
  /** The accounts of an XID; more than one is a conflict. */
  readonly byXid: ReadonlyMap<Xid, readonly Eid[]>;
  /** Groups whose members were read. */
  readonly groups: ReadonlySet<GroupKey>;
}

export function indexReading(accounts: ReadonlyMap<Eid, ShownAccount>, groups: ReadonlySet<GroupKey>): NetworkReading {
  const byXid = new Map<Xid, Eid[]>();
  for (const [eid, { xid }] of accounts) {
    if (xid === null) continue;
    const others = byXid.get(xid);
    if (others === undefined) byXid.set(xid, [eid]);
    else others.push(eid);
  }
  return { accounts, byXid, groups };
}

/** Whom a link is about in the network: an account, nobody, or nobody can tell whom. */
export type Found =
  | { readonly kind: 'account'; readonly account: ShownAccount }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'conflict'; readonly text: string };

/** Never a guess: an account is the link's when its EID and its XID both say so. */
export function findAccount(reading: NetworkReading, xid: Xid, userEid: Eid | null): Found {
  const [same, ...more] = reading.byXid.get(xid) ?? [];
  const known = userEid === null ? undefined : reading.accounts.get(userEid);
  if (more.length > 0) return conflict('Several accounts of the network have this XID.');
  if (same !== undefined && userEid !== null && same !== userEid) {
    return conflict('The XID belongs to another account in the network than the one that the sync wrote to.');
  }
  if (known !== undefined && same === undefined) {
    return conflict('The account that the sync wrote to has another XID in the network, or none.');
  }
  const account = same === undefined ? undefined : reading.accounts.get(same);
  return account === undefined ? { kind: 'nobody' } : { kind: 'account', account };
}

function conflict(text: string): Found {
  return { kind: 'conflict', text: `${text} Nothing is changed; mend the XID in the network.` };
}
