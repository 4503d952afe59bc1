import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';

/** What one test is asked to do: the argument of `testOnCopy`, small enough to type in the UI. */
export interface TestOrder {
  /** The customer's slug. */
  readonly customer: string;
  /** Issued by Postgres: "usersync test start". */
  readonly number: number;
  /** The implementation that it belongs to: its contacts get a code for their approval. */
  readonly onboardingId?: number;
  /** The change request that it belongs to: the same. */
  readonly change?: {
    /** `change/korenaar/3` */
    readonly number: number;
    readonly requestId: number;
  };
  /** Hours to wait for the customer's next delivery before a next day is made instead; 0 or absent: it is not waited for. */
  readonly waitForDelivery?: number;
  /** Seconds between two looks for that delivery: 900 by default. */
  readonly lookEverySeconds?: number;
}

export type TestStep =
  | 'opening'
  | 'anonymising'
  | 'copying the network'
  | 'activation test'
  | 'waiting for the next delivery'
  | 'daily test'
  | 'testing the guards'
  | 'writing the report'
  | 'waiting for approval'
  | 'removing everything'
  | 'over';

/** `rejected`: by people or by its checks, so the mapping is to be mended; `failed`: it could not be carried through. */
export type TestOutcome = 'approved' | 'rejected' | 'failed' | 'canceled';

/** One of the seven checks, in numbers. */
export interface CheckCount {
  readonly check: string;
  readonly words: string;
  readonly lookedAt: number;
  readonly differences: number;
}

/** Everything a test knows of itself: ids, counts and decisions. */
export interface TestProgress {
  step: TestStep;
  steps: { readonly step: string; readonly note: string }[];
  checks: CheckCount[];
  approvals: TestApproval[];
  /** Combinations of kept columns that point to few people, as the report names them: the customer's approval accepts them by name. */
  toAccept: readonly string[];
  /** Why the latest messages were refused. */
  refusedMessages: string[];
  outcome: TestOutcome | null;
  problem: string | null;
  /** What could not be removed so far, in words. */
  leftOver: string | null;
}

export interface TestApproval {
  readonly by: string;
  readonly side: 'customer' | 'speakap';
  readonly comment: string | null;
  /** Of `toAccept`, what was accepted by name. */
  readonly accepted: readonly string[];
  /** ISO. */
  readonly at: string;
}

/** Approve or reject what the report shows. */
export interface TestDecision {
  /** Contact id. */
  readonly by: string;
  /** Number of the test that was looked at; another one is not meant. */
  readonly test?: number;
  /** The code that was mailed to the contact. */
  readonly code?: string;
  /** Why; needed to reject. */
  readonly comment?: string;
  /** Which combinations of kept columns are accepted though they point to few people: `all`, or their names in the report. */
  readonly accept?: string | readonly string[];
}

export interface TestResult {
  readonly test: number;
  readonly outcome: TestOutcome;
  /** Whether everything of it is proven removed. */
  readonly isRemoved: boolean;
  readonly checks: readonly CheckCount[];
  readonly problem: string | null;
}

/** Answers a sentence about what was noted; refused when there is nothing to approve. */
export const approveTestUpdate = defineUpdate<string, [TestDecision]>('approve');
export const rejectTestUpdate = defineUpdate<string, [TestDecision]>('reject');
/** The same by signal; one that makes no sense is shown in the details and changes nothing. */
export const approveTestSignal = defineSignal<[TestDecision]>('approve');
export const rejectTestSignal = defineSignal<[TestDecision]>('reject');
/** Ends the test now; everything of it is removed. */
export const stopTestSignal = defineSignal<[{ readonly by: string; readonly comment?: string }]>('stop');
export const testQuery = defineQuery<TestProgress>('progress');
