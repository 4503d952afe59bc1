import type { GroupRef } from '../sync/group.js';
import type { Profile } from '../sync/person.js';
import type { Audience } from './document.js';
import type { GroupId } from './groups.js';

/** Something that a rule of the mapping says, with the rule's path in the document: `groups[2]`. */
export interface Said<Value> {
  readonly value: Value;
  readonly rule: string;
}

export interface ExpectedGroup {
  readonly group: GroupRef;
  /** The first rule that gives the group. */
  readonly rule: string;
  readonly role: string;
  /** null: no rule gives a role, so the person is a member. */
  readonly roleRule: string | null;
}

/** A person as the network should have them. */
export interface ExpectedPerson {
  readonly userName: string;
  /** What Speakap should show. Fields without a value are absent. */
  readonly profile: Profile;
  readonly networkRole: Said<string>;
  readonly groups: ReadonlyMap<GroupId, ExpectedGroup>;
  readonly audience: Said<Audience>;
  /** Every exception that is meant for the person. */
  readonly exceptions: readonly string[];
  /** Groups that an exception takes away, with its rule; what stands in one of them goes with it. */
  readonly notIn: ReadonlyMap<GroupId, string>;
}

/** What the mapping says of one person's rows today, before it is known what was there yesterday. */
export type Judgement =
  | { readonly kind: 'in'; readonly rows: readonly number[]; readonly person: ExpectedPerson }
  | {
      /** `groupless`: the account stays, without the groups. */
      readonly kind: 'out' | 'unchanged' | 'groupless';
      readonly rows: readonly number[];
      readonly rule: string;
      readonly why: string;
    };

/** Somebody to whom an invitation went, or should go. */
export interface ExpectedInvitation {
  readonly by: 'email' | 'sms' | 'letter';
  /** E-mail address or telephone number; null for a letter. */
  readonly address: string | null;
  readonly rule: string;
}

/** What becomes of one person, and what then should be in the network. */
export interface Expectation {
  readonly xid: string;
  readonly rows: readonly number[];
  /** `absent`: the sync has no account for this person. */
  readonly account: 'active' | 'suspended' | 'absent';
  /** What this delivery does to the account. */
  readonly event: 'created' | 'kept' | 'suspended' | 'restored' | 'unchanged' | 'absent';
  /** The rule that says so, and in words. */
  readonly rule: string;
  readonly why: string;
  /** null: there is no account. */
  readonly person: ExpectedPerson | null;
  /** Every invitation since the activation, in their order: what should have been sent, each once. */
  readonly invitations: readonly ExpectedInvitation[];
  /** How many of them are of this delivery. */
  readonly invitedNow: number;
  /** Whether the person has been told how to log in. */
  readonly isTold: boolean;
  /** Since when no row names the person, and in how many deliveries in a row. */
  readonly absence: { readonly since: string; readonly deliveries: number } | null;
}

export type Expectations = ReadonlyMap<string, Expectation>;
