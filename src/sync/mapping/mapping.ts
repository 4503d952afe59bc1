import type { GroupKind } from '../group.js';
import type { GuardedKind } from '../guarded-kind.js';
import type { Xid } from '../ids.js';
import type { Audience, Profile, RoleName } from '../person.js';
import type { SeparatedRule, ValueRule } from './value-rule.js';

export type { SeparatedRule, ValueRule } from './value-rule.js';

/** Where something stands in the mapping document. */
export interface Place {
  /** `groups[2].when` */
  readonly path: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Something in a mapping that a person must mend. */
export interface MappingProblem extends Place {
  readonly text: string;
}

/** Versioned rules from columns to profile, groups, roles, invitations, and options. What the document says, and nothing made of it yet. */
export interface Mapping {
  readonly externalId: ColumnName;
  /** null: everyone in the record is active. */
  readonly active: Condition | null;
  /** The first day of somebody who is not there yet. */
  readonly startDate: DateColumn | null;
  /** The last day. */
  readonly leaveDate: DateColumn | null;
  /** Names for columns, to be used in expressions (`internal.status`). */
  readonly names: readonly (ColumnName & { readonly name: string })[];
  readonly columns: readonly ColumnRule[];
  readonly groups: readonly GroupRule[];
  readonly roles: readonly RoleRule[];
  readonly invitations: readonly InvitationRule[];
  readonly exceptions: readonly ExceptionRule[];
  readonly options: Options;
  readonly guards: Guards;
}

export type ProfileField = keyof Profile;

export interface DateColumn extends ColumnName {
  /** `DD/MM/YYYY` */
  readonly format: string;
}

export interface ColumnRule {
  readonly field: ProfileField;
  readonly value: ValueRule;
  readonly write: WritePolicy;
}

/**
 * When a field is written to an account that is there: with every update of the person; only with one that the field
 * itself changed in, so that a person's own edit stays; or never, since it was filled in when the account was made.
 */
export type WritePolicy = 'always' | 'onChange' | 'once';

export interface ColumnName {
  readonly column: string;
  readonly at: Place;
}

/** An expression. `at` is where its first letter stands. */
export interface Condition {
  readonly source: string;
  /** The same letters as they stand in the file, with quotes, escapes and line ends of YAML: places are counted in these. */
  readonly written: string;
  readonly at: Place;
}

/** What a group is called, or what several are that stand in one cell. */
export type GroupName = ValueRule | SeparatedRule;

/** Which groups, by their own name or by the names of their business units and departments: each with each. */
export type GroupTarget =
  | { readonly kind: Exclude<GroupKind, 'local_department'>; readonly name: GroupName }
  | { readonly kind: 'local_department'; readonly businessUnit: GroupName; readonly department: GroupName };

interface Rule {
  readonly at: Place;
  /** null: always. */
  readonly when: Condition | null;
}

export interface GroupRule extends Rule {
  readonly group: GroupTarget;
}

export interface RoleRule extends Rule {
  readonly target: 'network' | GroupKind;
  /** null: in the network, or in every group of this kind that the person is in. */
  readonly group: GroupTarget | null;
  readonly role: RoleName;
}

export interface InvitationRule extends Rule {
  readonly audience: Audience;
  /** null: the XID. */
  readonly userName: ValueRule | null;
  readonly temporaryPassword: 'random' | ValueRule;
}

/** What the other rules say, but not for these people. It beats all of them (`docs/adr/0028`). */
export interface ExceptionRule {
  readonly at: Place;
  readonly whom:
    | { readonly kind: 'ids'; readonly ids: readonly { readonly xid: Xid; readonly at: Place }[] }
    | { readonly kind: 'condition'; readonly when: Condition };
  /** Counts as present: nothing is created, changed, invited or removed. */
  readonly leaveAlone: boolean;
  /** Never created; who is there under the sync is suspended as a leaver is. */
  readonly notInNetwork: boolean;
  readonly addTo: readonly PlacedGroup[];
  readonly notIn: readonly PlacedGroup[];
  readonly role: (Pick<RoleRule, 'target' | 'group' | 'role'> & { readonly at: Place }) | null;
  readonly noInvitation: boolean;
  /** Why, for people. */
  readonly comment: string | null;
}

export interface PlacedGroup {
  readonly at: Place;
  readonly group: GroupTarget;
}

/** Speakap's options (`speakap-user-sync.md`, 8), by clear names. What is not said is the careful choice. */
export interface Options {
  readonly mergeDuplicates: boolean;
  readonly allowEmptyName: boolean;
  readonly allowEmptyEmail: boolean;
  readonly allowWithoutBusinessUnit: boolean;
  readonly allowWithoutGroups: boolean;
  readonly allowXidChangeOnReactivation: boolean;
  /** A newcomer takes over the one account without XID that has their e-mail address. */
  readonly adoptByEmail: boolean;
  readonly createMissingGroups: boolean;
  /** The unique name of the identity provider at Speakap; null when people log in without one. */
  readonly identityProvider: string | null;
}

/** How many people a run may change: the fewer of a share and a count, but never below `floor`. */
export interface Limit {
  /** Of the managed people, 0 to 100; null: no share is taken. */
  readonly percent: number | null;
  readonly count: number | null;
  readonly floor: number;
}

export interface KindLimit extends Limit {
  /** Whether the document says it; what it does not say holds from the second run on. */
  readonly isWritten: boolean;
}

export interface Guards {
  /** null: changes of this kind are not limited. */
  readonly limits: Readonly<Record<GuardedKind, KindLimit | null>>;
  /** What becomes of the rest of a run while a kind is held. */
  readonly whenHeld: 'continue' | 'wait';
  /** Of the people with any change; beyond it everything of the run is held. */
  readonly abort: Limit | null;
  /** After so many runs in a row with the same failure a person's change is not tried each day any more; null: it always is. */
  readonly giveUpAfter: number | null;
  readonly delivery: DeliveryGuards;
  /** What becomes of somebody whom no row names any more. */
  readonly missing: MissingGuard;
}

/** When the person is suspended. */
export interface MissingGuard extends Patience {
  /** When the person leaves the groups that the sync gave, before that; null: there is no such step. */
  readonly leaveGroups: Patience | null;
}

/** Both have to be over. */
export interface Patience {
  /** Accepted deliveries in a row without the person. */
  readonly snapshots: number;
  /** Since the first of them. */
  readonly days: number;
}

/** What a delivery must be like to be taken. null: it does not matter. */
export interface DeliveryGuards {
  readonly minimumRows: number | null;
  /** By how much fewer rows it may have than the last accepted one; the share is taken of that one. */
  readonly shrink: Limit | null;
  readonly badRows: Limit | null;
  readonly damagedRows: Limit | null;
  readonly maximumAgeInDays: number | null;
  /** A file equal to one that was accepted before the last one. */
  readonly repeated: 'refuse' | 'accept';
}
