import type { GroupRef } from './group.js';
import type { GroupKey, Xid } from './ids.js';

/** What Speakap shows of a person. Empty values are absent, never `''`. */
export interface Profile {
  readonly givenName?: string;
  readonly infix?: string;
  readonly familyName?: string;
  readonly jobTitle?: string;
  readonly email?: string;
  readonly telephoneNumber?: string;
  /** RFC 5646, `nl-NL`. */
  readonly preferredLanguage?: string;
  readonly upn?: string;
}

/** The people who are invited in the same way. `none`: nobody is told, the account only exists. */
export type Audience = 'email' | 'sms' | 'letter' | 'sso' | 'none';

/** `member`, `admin`, or the name of a custom role of the network. */
export type RoleName = string;

/** A person in a group, with a role. */
export interface Membership {
  readonly group: GroupRef;
  readonly role: RoleName;
}

/**
 * A person as the network should show it (desired) or as the sync last wrote it (in a link).
 * Both sides of every comparison have this one shape.
 */
export interface PersonState {
  readonly userName: string;
  readonly profile: Profile;
  readonly audience: Audience;
  readonly networkRole: RoleName;
  readonly memberships: Readonly<Record<GroupKey, Membership>>;
  /** In a link: the e-mail address that was given up for somebody else, until one is written again. */
  readonly gaveUp?: string;
}

/** What a mapping makes of all rows of one XID. */
export type Outcome =
  | {
      readonly kind: 'active';
      readonly xid: Xid;
      readonly person: PersonState;
      readonly why: readonly Why[];
      readonly warnings: readonly Warning[];
    }
  /** Every row is inactive by the active rule: treated as one who left. */
  | {
      readonly kind: 'inactive';
      readonly xid: Xid;
      readonly why: readonly Why[];
      readonly warnings: readonly Warning[];
    }
  /** Present but not applied (duplicates not allowed, empty name, no group ...): nothing is changed for this person, who also is not removed. */
  | {
      readonly kind: 'unusable';
      readonly xid: Xid;
      readonly why: readonly Why[];
      readonly warnings: readonly Warning[];
    }
  /** Left as they are by an exception: present, and nothing is created, changed, invited or removed for this person. */
  | {
      readonly kind: 'left_alone';
      readonly xid: Xid;
      readonly why: readonly Why[];
      readonly warnings: readonly Warning[];
    }
  /** Kept out of the network by an exception: not created, and treated as one who left where there is an account. */
  | {
      readonly kind: 'kept_out';
      readonly xid: Xid;
      readonly why: readonly Why[];
      readonly warnings: readonly Warning[];
    };

/** One decision and the rule of the mapping that took it. `rule` is a path in the document: `groups[2]`. */
export interface Why {
  readonly subject: string;
  readonly rule: string;
  readonly line?: number;
  /** The rows on which it was taken. */
  readonly rows?: readonly number[];
}

/** Something a person should mend in the record. Carries row numbers and column names, and never a value of a record. */
export interface Warning {
  readonly code: string;
  readonly xid: Xid | null;
  readonly rows: readonly number[];
  readonly column: string | null;
  readonly text: string;
}
