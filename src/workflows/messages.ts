import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ChangeKind } from '../sync/change.js';
import type { GuardedKind, HeldWith } from '../sync/guarded-kind.js';

/** What one run is asked to do: the one argument of `dailySync` and `startDailySync`, small enough to type in the UI. */
export interface RunOrder {
  /** The customer's slug. */
  readonly customer: string;
  /** `dry` stops before anything is applied. */
  readonly kind: 'dry' | 'live';
  /** Staff id, or `schedule`. */
  readonly requestedBy: string;
  /** `newest`: a new delivery is needed. `last`: without a new one the last accepted delivery is planned again. */
  readonly delivery?: 'newest' | 'last';
  /** In a dry run: plan everybody with this version of the mapping, whatever its status, instead of the active one. */
  readonly mapping?: number;
  /** Number of a run: what it changed and nobody changed since is taken back. Nothing is fetched. */
  readonly undo?: number;
  /** Compares the whole network with what the sync wrote. `report` tells what differs and is a dry run; `repair` mends it. */
  readonly reconcile?: 'report' | 'repair';
  /** Only for these people: the id of a pilot that the command line wrote down, since ids of people are for Postgres alone. */
  readonly only?: number;
  /** Percent of the limits that the mapping sets, 1 to 100, as long as the first days of a customer are watched closely. */
  readonly limits?: number;
  /** In a run of a test: what a guard holds is applied as if it were approved, or left. Absent: a person decides. */
  readonly held?: 'apply' | 'leave';
  /**
   * In a live run: the number of a dry run. Its plan is applied exactly as it is; when a run would do anything else by now, this
   * one says what, and changes nothing.
   */
  readonly asPlanned?: number;
  /** Sent by change requests, and not by people: the run plans with another version and makes it the active one. */
  readonly activate?: Activation;
  /** Filled in when a long run continues as new; never by a person. */
  readonly resume?: RunProgress;
}

/** A version of the mapping that becomes the active one in the run that applies it, within limits of its own. */
export interface Activation {
  readonly version: number;
  /** The version that has to be active until then: another one was not compared with it. */
  readonly instead: number;
  /** Who approved it, for the history of the mapping. */
  readonly approvedBy: string;
  /** How many people it may change, per kind. Beyond any of them everything of the run is held. */
  readonly limits: Readonly<Partial<Record<GuardedKind, number>>>;
}

/** Everything a run knows of itself. Plain data, ids and counts only: it is carried over when the run continues as new. */
export interface RunProgress {
  readonly runId: number;
  readonly number: number;
  readonly startedAt: string;
  /** Set by the worker's configuration; how soon a lost worker is noticed. */
  readonly heartbeatSeconds: number;
  /** People, or groups, in one batch of changes. */
  readonly batchSize: number;
  /** Events after which the run continues as new. */
  readonly historyEvents: number;
  step: RunStep;
  steps: StepNote[];
  snapshotId: number | null;
  kinds: KindProgress[];
  /** What is held and decided about as one thing; runs that were planned by an older release have none. */
  holds?: readonly HeldPart[];
  /** `wait`: nothing is applied before everything that is held was decided about. */
  whenHeld?: 'continue' | 'wait';
  /** The customer is frozen until then: the plan is made and nothing of it applied. */
  frozen?: { readonly until: string; readonly by: string };
  read: { rows: number; people: number; missing: number; bad: number } | null;
  examined: number;
  managed: number;
  warnings: number;
  /** Taken and not yet carried out. */
  decisions: TakenDecision[];
  approvals: Decision[];
  /** Why the latest messages were refused; a flood of them must not fill the history. */
  refusedMessages: string[];
  /** How many were refused before those. */
  refusedBefore: number;
  problem: string | null;
}

export type RunStep =
  'opening' | 'fetching' | 'reading' | 'planning' | 'applying' | 'waiting for approval' | 'verifying' | 'reported';

export interface StepNote {
  readonly step: string;
  readonly note: string;
}

export interface KindProgress {
  readonly kind: ChangeKind;
  readonly from: number;
  readonly to: number;
  readonly planned: number;
  /** The unit at which applying goes on; beyond `to` when the kind is finished. */
  next: number;
  /** Why the guard held them, with its numbers; null where none did. */
  readonly guard: string | null;
  held: number;
  refused: number;
  done: number;
  failed: number;
  skipped: number;
}

export interface HeldPart {
  readonly with: HeldWith;
  readonly changes: number;
  readonly people: number;
  /** The words of the guard. */
  readonly guard: string | null;
}

/** Approve or refuse what a guard held. Without `kind` and `selection` it is about everything that is held. */
export interface Decision {
  /** Staff or contact id of the person who decides. */
  readonly by: string;
  /** What is held with this: `create` also means the groups, roles and invitations of those who would be created. */
  readonly kind?: HeldWith;
  /** Only these people: the id of a list that the command line wrote down, since ids of people are for Postgres alone. */
  readonly selection?: number;
  /** Number of the run that was looked at; another one is not meant. */
  readonly run?: number;
  readonly comment?: string;
}

export interface TakenDecision {
  readonly about: Decision;
  readonly approve: boolean;
}

export interface RunResult {
  readonly run: number;
  readonly status: 'done' | 'rejected' | 'failed' | 'superseded';
  readonly done: number;
  readonly failed: number;
  /** Not tried, because something before it failed. */
  readonly skipped: number;
  readonly held: number;
  readonly problem: string | null;
}

/** Answers a sentence about what was approved; refused when nothing of the kind is held. */
export const approveUpdate = defineUpdate<string, [Decision]>('approve');
export const refuseUpdate = defineUpdate<string, [Decision]>('refuse');
/** The same by signal; one that makes no sense is shown in the details and changes nothing. */
export const approveSignal = defineSignal<[Decision]>('approve');
export const refuseSignal = defineSignal<[Decision]>('refuse');
/** Sent by the next run: a run that only waits for approval ends, its held changes are planned anew. */
export const giveWaySignal = defineSignal<[{ readonly to: string }]>('giveWay');
export const progressQuery = defineQuery<RunProgress | null>('progress');
