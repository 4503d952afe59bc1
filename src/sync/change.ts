import type { GroupRef } from './group.js';
import type { Audience, PersonState, Profile, RoleName } from './person.js';
import type { Xid } from './ids.js';

/** Why a change is made: the rule, where it stands in the mapping, and the rows it came from. */
export interface Reason {
  readonly rule: string;
  readonly line?: number;
  readonly text: string;
  readonly rows: readonly number[];
}

interface OfPerson {
  readonly xid: Xid;
  readonly reason: Reason;
}

/** One thing to do in the network, with its reason. */
export type Change =
  | { readonly kind: 'create_group'; readonly group: GroupRef; readonly reason: Reason }
  | (OfPerson & {
      readonly kind: 'restore';
      /** The account had this XID until now. */
      readonly formerXid?: Xid;
    })
  | (OfPerson & {
      readonly kind: 'create';
      readonly person: PersonState;
      /** Where the mapping prescribes the temporary password; sealed before it is written down. Absent: one is drawn. */
      readonly sealedPassword?: string;
      /** An account without XID that has this e-mail address is theirs. */
      readonly adoptsByEmail?: true;
    })
  | (OfPerson & {
      readonly kind: 'update';
      readonly before: Profile;
      readonly after: Profile;
      readonly userName: string;
      /** Absent where it stays. */
      readonly userNameBefore?: string;
      /** How the person logs in; absent in plans of an earlier release. */
      readonly audience?: Audience;
      /** Fields of which the network's own value stays, whatever `after` says. */
      readonly kept?: readonly (keyof Profile)[];
      /** Only gives the e-mail address up, before another update of the plan writes the person's new one: somebody else is to get it. */
      readonly vacates?: true;
    })
  | (OfPerson & { readonly kind: 'join'; readonly group: GroupRef })
  | (OfPerson & {
      readonly kind: 'change_role';
      /** null: the role in the network as a whole. */
      readonly group: GroupRef | null;
      readonly before: RoleName;
      readonly after: RoleName;
    })
  | (OfPerson & {
      readonly kind: 'invite';
      readonly audience: Audience;
      /** The account was there before this plan: whoever has activated it gets nothing. */
      readonly again?: boolean;
    })
  | (OfPerson & {
      readonly kind: 'leave';
      readonly group: GroupRef;
      /** What the person was there; absent for a member. */
      readonly role?: RoleName;
    })
  | (OfPerson & { readonly kind: 'suspend' });

export type ChangeKind = Change['kind'];
export type PersonChange = Exclude<Change, { kind: 'create_group' }>;

/**
 * The order that is always safe: nobody is without a group in between, and nobody is invited before everything is in place.
 * A batch never mixes two kinds.
 */
export const CHANGE_ORDER = [
  'create_group',
  'restore',
  'create',
  'update',
  'join',
  'change_role',
  'invite',
  'leave',
  'suspend',
] as const satisfies readonly ChangeKind[];
