import type { GroupKind, GroupRef } from '../group.js';
import type { GroupKey } from '../ids.js';
import type { ProfileField } from '../mapping/mapping.js';
import type { Audience, RoleName } from '../person.js';

/** What a mapping makes of a whole snapshot, as if the network knew nobody. Counts, names of groups and row numbers only. */
export interface Effect {
  /** Rows that name a person. */
  readonly rows: number;
  readonly people: PeopleCounts;
  /**
   * Why people are not active, most frequent first: `inactive`, `kept_out`, `left_alone`, and the codes of what is wrong or
   * missing, of which one person may have several.
   */
  readonly leftOver: readonly Counted[];
  /** By kind and name; at most `MOST_GROUPS`. */
  readonly groups: readonly GroupEffect[];
  /** True: there are more groups than those; the first ones by their key are counted. */
  readonly hasMoreGroups: boolean;
  /** Groups that people should be in and that the network lacks; empty as long as nobody looked into the network. */
  readonly missingGroups: readonly GroupEffect[];
  readonly audiences: Readonly<Record<Audience, number>>;
  /** Everything but `member`. */
  readonly roles: readonly RoleEffect[];
  /** Of the active people, how many have each mapped field. */
  readonly fields: readonly { readonly field: ProfileField; readonly people: number }[];
  /** Of the readable rows, how many have something in each column. */
  readonly columns: readonly { readonly column: string; readonly rows: number }[];
  readonly warnings: readonly Counted[];
  /** Every rule of the mapping in its order, with the people about whom it decided something. */
  readonly rules: readonly RuleEffect[];
}

export interface PeopleCounts {
  readonly read: number;
  readonly active: number;
  /** Left out by the active rule. */
  readonly inactive: number;
  /** Present, and left as they are because something is wrong or missing. */
  readonly leftOut: number;
  /** By an exception. */
  readonly leftAlone: number;
  /** By an exception. */
  readonly keptOut: number;
  readonly inGroups: number;
  /** Active people about whose role a rule of `roles` decided. */
  readonly withRole: number;
  /** For whom there is any exception. */
  readonly excepted: number;
}

export interface Counted {
  readonly code: string;
  /** People, or rows where no person is named. */
  readonly count: number;
  /** The first ones. */
  readonly rows: readonly number[];
  readonly columns: readonly string[];
}

export interface GroupEffect {
  readonly key: GroupKey;
  readonly group: GroupRef;
  readonly people: number;
  readonly admins: number;
  /** Paths of the rules that give it. */
  readonly rules: readonly string[];
}

export interface RoleEffect {
  readonly target: 'network' | GroupKind;
  readonly role: RoleName;
  readonly people: number;
}

export interface RuleEffect {
  /** `groups[2]`, `columns.jobTitle` */
  readonly path: string;
  readonly people: number;
}

/** Rules of the mapping that decided about nobody in this snapshot. */
export function rulesWithoutPeople({ rules }: Effect): readonly RuleEffect[] {
  return rules.filter(({ people }) => people === 0);
}
