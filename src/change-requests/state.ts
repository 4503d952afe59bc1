import type { PlanClock } from '../onboarding/schedule/clock.js';
import type { Approval, ContactRef, OnboardingEvent, Problem, Question } from '../onboarding/state.js';
import type { Side } from '../onboarding/schedule/types.js';
import type { GuardedKind } from '../sync/guarded-kind.js';
import type { Classification } from './classify.js';
import type { Asked, Become } from './messages.js';
import type { Pause, PromiseKind } from './promise.js';

/** Everything a change request knows of itself: plain data, ids, counts and what people wrote. Carried over when it continues as new. */
export interface ChangeState {
  readonly changeRequestId: number;
  readonly number: number;
  readonly customer: string;
  /** Staff id. */
  manager: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly clock: PlanClock;
  contacts: readonly ContactRef[];
  readonly filed: Filed;
  status: 'open' | ClosedStatus;
  step: Step;
  classification: Classification;
  /** What the rules would say, where a person has said otherwise. */
  overruled: Classification | null;
  pauses: Pause[];
  agreement: DateAgreement | null;
  /** Promises that were not kept, with the instant at which that was seen. */
  broken: { readonly promise: PromiseKind; readonly at: string }[];
  /** Keys of warnings and reminders that were sent. */
  told: string[];
  questions: ChangeQuestion[];
  /** The version that was proposed last. */
  proposal: Proposal | null;
  /** What becomes of the people of a closed location or department. */
  people: PeopleStatement | null;
  /** The test that proves the proposed version; null before it is approved and removed. */
  test: PassedTest | null;
  /** The test on an anonymised copy of which something may be there; absent when none is. */
  testing?: UnderTest | undefined;
  /** The run that applied it; null before. */
  applied: Applied | null;
  problems: Problem[];
  mailsInDoubt: number;
  /** The latest events; all of them are in Postgres. */
  events: OnboardingEvent[];
  seq: number;
  recorded: number;
  /** Who ended it before it was done, and why. */
  ended: { readonly by: string; readonly reason: string } | null;
  /** The end in words, for everybody who is told. */
  words: string | null;
}

export type ClosedStatus = 'done' | 'rejected' | 'withdrawn';

/** What it waits for, in order. */
export type Step = 'mapping' | 'approval' | 'testing' | 'applying' | 'closed';

export interface Filed {
  readonly by: string;
  readonly recordedBy: string | null;
  /** Instant. */
  readonly at: string;
  readonly asked: Asked;
  readonly text: string;
}

/** Until when it is done: proposed by one side, agreed by the other. */
export interface DateAgreement {
  readonly on: string;
  /** The end of that day at the customer; instant. */
  readonly dueAt: string;
  readonly by: string;
  readonly side: Side;
  readonly at: string;
  agreed: { readonly by: string; readonly at: string } | null;
}

export type ChangeQuestion = Omit<Question, 'about' | 'due'>;

/** What a dry run and a comparison say of a version: numbers only, names of groups are in Postgres. */
export interface Proposal {
  readonly version: number;
  /** The version that was active when it was made. */
  readonly base: number;
  readonly by: string;
  readonly at: string;
  /** Number of the dry run of exactly this version. */
  readonly run: number;
  /** People with changes of each kind in it. */
  readonly counts: Readonly<Partial<Record<GuardedKind, number>>>;
  /** Rules and options that differ. */
  readonly differences: number;
  readonly closed: readonly ClosedPeople[];
  /** Numbers of other open requests that touch the same rules. */
  conflicts: readonly number[];
  /** Whether somebody asked for a test of it. */
  test: boolean;
  status: 'open' | 'approved' | 'changes requested';
  approvals: Approval[];
}

/** A group that has people today and none with the new version: where they are then. */
export interface ClosedPeople {
  readonly people: number;
  /** In another group of the same kind. */
  readonly moved: number;
  /** In the network, and in no group of this kind. */
  readonly without: number;
  /** Not in the network any more. */
  readonly leaving: number;
  /** Left as they are, still in the old group, because something in their row is wrong. */
  readonly untouched: number;
}

export interface PeopleStatement {
  readonly become: Become;
  readonly text: string;
  readonly by: string;
  readonly at: string;
}

/** Approved by both sides, and everything of it removed. */
export interface PassedTest {
  /** `test/korenaar/3` */
  readonly number: number;
  /** Of the mapping. */
  readonly version: number;
  readonly at: string;
}

export interface UnderTest {
  readonly number: number;
  readonly version: number;
  /** `customer`: its report is there, and nobody of the customer has approved it; `speakap`: only Speakap has not. */
  waitsFor: 'nobody' | 'customer' | 'speakap';
  /** It was told to end, since it settles nothing any more. */
  isStopped: boolean;
}

export interface Applied {
  readonly run: number;
  readonly done: number;
  readonly failed: number;
  /** Why it was closed all the same when something failed. */
  readonly accepted: string | null;
}

/** Both sides have said the same date. */
export function isDateAgreed({ agreement }: Pick<ChangeState, 'agreement'>): boolean {
  return agreement !== null && agreement.agreed !== null;
}

export function isOver({ status }: Pick<ChangeState, 'status'>): boolean {
  return status !== 'open';
}

/** Exactly the proposed version has passed a test, and nothing of that test is left. */
export function isTested({ test, proposal }: Pick<ChangeState, 'test' | 'proposal'>): boolean {
  return test !== null && test.version === proposal?.version;
}

/** The report of its test is there, and people decide. */
export function isTestAwaited({ testing }: Pick<ChangeState, 'testing'>): boolean {
  return testing !== undefined && testing.waitsFor !== 'nobody';
}

/** Structural changes are tested always, small ones when somebody asked for it. */
export function needsTest({ classification, proposal }: Pick<ChangeState, 'classification' | 'proposal'>): boolean {
  return classification.size === 'structural' || proposal?.test === true;
}
