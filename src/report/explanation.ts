import type { PersonLink } from '../store/people/person-data.js';
import type { Change } from '../sync/change.js';
import type { GuardedKind } from '../sync/guarded-kind.js';
import type { Trace } from '../sync/explain/trace.js';
import type { Profile, Warning } from '../sync/person.js';

/** Everything about one person and the sync, step by step: plain data for whoever asked for this person. */
export interface Explanation {
  readonly customer: { readonly slug: string; readonly name: string; readonly timeZone: string };
  readonly xid: string;
  readonly mapping: { readonly version: number; readonly status: string };
  /** The delivery whose rows are told; null when none was accepted yet. */
  readonly delivery: { readonly fileName: string; readonly receivedAt: Date } | null;
  /** The day at the customer. */
  readonly today: string;
  readonly trace: Trace;
  readonly link: PersonLink | null;
  /** Until when the network keeps the suspended account; null for all others. */
  readonly keptUntil: Date | null;
  /** From when on a run looks at the person, and why; null when nothing is to be done. */
  /** `dueAt` is empty where no day is known. */
  readonly due: { readonly reason: string; readonly dueAt: Date | null } | null;
  readonly plan: ExplainedPlan;
  /** null: not asked. */
  readonly network: ExplainedNetwork | null;
  /** What guards stopped in the newest run. */
  readonly held: readonly ExplainedChange[];
  /** What the last runs planned and did, newest first. */
  readonly changes: readonly ExplainedChange[];
}

export interface ExplainedPlan {
  /** In the order in which they would be done. */
  readonly changes: readonly Change[];
  readonly waits: readonly { readonly until: string | null; readonly reason: 'date' | 'missing' }[];
  readonly warnings: readonly Warning[];
  /** What guards say of the kinds of these changes. */
  readonly limits: readonly { readonly kind: GuardedKind; readonly limit: string | null }[];
  /** Somebody else has the user name, so nothing would be done. */
  readonly isNameTaken: boolean;
}

export interface ExplainedNetwork {
  /** null: neither account nor person can be seen. */
  readonly account: { readonly isActive: boolean; readonly status: string | null } | null;
  readonly profile: Profile | null;
  readonly groups: readonly string[];
  /** Sentences on what differs from the link. */
  readonly differences: readonly string[];
}

export interface ExplainedChange {
  readonly run: number;
  readonly runKind: string;
  readonly at: Date;
  readonly what: string;
  readonly why: string;
  readonly status: string;
  readonly guard: string | null;
  readonly decidedBy: string | null;
  readonly problem: string | null;
}
