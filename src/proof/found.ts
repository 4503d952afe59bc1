import type { GroupRef } from '../sync/group.js';
import type { Profile } from '../sync/person.js';

/** A network as it was read over its API, by somebody who knows nothing of what the sync wrote. */
export interface FoundNetwork {
  /** Everybody who is not suspended, and those suspended who could be asked for. */
  readonly people: readonly FoundPerson[];
  readonly groups: readonly GroupRef[];
  /** Every invitation that went out since the copy was made, and letters that were made ready. */
  readonly sent: readonly FoundInvitation[];
}

export interface FoundPerson {
  /** The network's own id of the account. */
  readonly eid: string;
  readonly xid: string | null;
  readonly isActive: boolean;
  readonly profile: Profile;
  /** `member`, `admin` or the name of a custom role; null where the network names none that counts. */
  readonly networkRole: string | null;
  readonly groups: readonly { readonly group: GroupRef; readonly role: string | null }[];
}

export interface FoundInvitation {
  /** null: nobody with an XID. */
  readonly xid: string | null;
  /** null: by e-mail or SMS, and the network does not say by which. */
  readonly by: 'email' | 'sms' | 'letter' | null;
  /** null for a letter, or where the network does not say. */
  readonly address: string | null;
  /** How often it was sent; null where the network only says that it was. */
  readonly times: number | null;
}

/** The accounts of everybody who has an XID. */
export function accountsByXid({ people }: FoundNetwork): ReadonlyMap<string, readonly FoundPerson[]> {
  const accounts = new Map<string, FoundPerson[]>();
  for (const person of people) {
    if (person.xid === null) continue;
    const others = accounts.get(person.xid);
    if (others === undefined) accounts.set(person.xid, [person]);
    else others.push(person);
  }
  return accounts;
}
