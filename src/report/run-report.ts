import type { ChangeKind } from '../sync/change.js';
import type { KindCounts } from './kind-counts.js';
import type { RunCounts } from './run-counts.js';

/** Everything about one run that a person may ask: plain data, from which every format is made. */
export interface RunReport {
  readonly customer: { readonly slug: string; readonly name: string; readonly timeZone: string };
  readonly run: ReportedRun;
  /** Where the time went, in order; empty for a run that wrote nothing down yet. */
  readonly steps: readonly ReportedStep[];
  /** Null where nobody was changed, or in less than a second. */
  readonly pace: ReportedPace | null;
  /** The delivery that was planned; null when none was there. */
  readonly delivery: ReportedDelivery | null;
  readonly counts: RunCounts;
  readonly kinds: readonly KindCounts[];
  readonly held: readonly HeldChanges[];
  /** As many as were asked for, failed ones apart. */
  readonly changes: readonly ReportedChange[];
  readonly totalChanges: number;
  readonly failures: readonly ReportedChange[];
  /** What no run tries any more, as many as were asked for: given up by this run or before, and still. */
  readonly givenUp: readonly ReportedGivenUp[];
  readonly totalGivenUp: number;
  readonly warnings: readonly ReportedWarning[];
  readonly totalWarnings: number;
}

export interface ReportedRun {
  readonly number: number;
  readonly kind: 'dry' | 'live' | 'test';
  readonly status: string;
  readonly requestedBy: string;
  /** Number of the run that it undoes; null for all others. */
  readonly undoes: number | null;
  /** It compares the network with what the sync wrote. */
  readonly reconciles: boolean;
  /** Id of the pilot that it is limited to; null: for everybody who is due. */
  readonly pilotId: number | null;
  /** Number of the dry run whose plan it applies as it is; null for all others. */
  readonly asPlanned: number | null;
  /** The customer was frozen until then, so nothing was applied; null: it was not. */
  readonly frozenUntil: Date | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly mappingVersion: number | null;
  /** What went wrong with the run as a whole, in a sentence. */
  readonly problem: string | null;
  /** When its changes and warnings were removed, since their time was over; null: they are there. */
  readonly removedAt: Date | null;
}

export interface ReportedStep {
  readonly step: 'fetch' | 'read' | 'plan' | 'apply' | 'verify';
  readonly milliseconds: number;
}

/** Of everything that nobody was asked about first. */
export interface ReportedPace {
  readonly people: number;
  /** From the plan to the last of their changes. */
  readonly milliseconds: number;
  readonly peopleAMinute: number;
}

export interface ReportedDelivery {
  readonly fileName: string;
  readonly status: string;
  readonly receivedAt: Date;
  readonly rows: number | null;
  readonly people: number | null;
  readonly badRows: number | null;
  /** Why it was rejected. */
  readonly reason: string | null;
}

/** What a guard stopped. */
export interface HeldChanges {
  readonly kind: ChangeKind;
  readonly changes: number;
  /** The guard's words, with its numbers. */
  readonly guard: string;
}

export interface ReportedChange {
  readonly seq: number;
  readonly status: string;
  readonly kind: ChangeKind;
  readonly xid: string | null;
  readonly person: string | null;
  readonly what: string;
  readonly why: string;
  /** Path in the mapping, `groups[2]`, and its line. */
  readonly rule: string;
  readonly line: number | null;
  /** Rows of the delivery. */
  readonly rows: readonly number[];
  readonly guard: string | null;
  readonly decidedBy: string | null;
  readonly problem: string | null;
}

export interface ReportedGivenUp {
  readonly xid: string;
  readonly person: string | null;
  readonly kind: ChangeKind;
  /** Why it failed. */
  readonly problem: string;
  /** In so many runs in a row, the first of which began at `since`. */
  readonly runs: number;
  readonly since: Date;
  readonly givenUpAt: Date;
}

export interface ReportedWarning {
  readonly stage: string;
  readonly code: string;
  readonly xid: string | null;
  readonly rows: readonly number[];
  readonly column: string | null;
  readonly text: string;
}
