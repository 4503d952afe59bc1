import type { SourceKind } from './deliverables.js';
import type { PlanClock } from './schedule/clock.js';
import type { Phase, Schedule, Side } from './schedule/types.js';

/** Everything an onboarding knows of itself: plain data, ids, dates and what people wrote. Carried over when it continues as new. */
export interface OnboardingState {
  readonly onboardingId: number;
  readonly number: number;
  readonly customer: string;
  /** Staff id. */
  manager: string;
  readonly source: SourceKind;
  readonly plan: OnboardingPlan;
  contacts: readonly ContactRef[];
  status: 'running' | 'paused' | 'done' | 'cancelled';
  items: ItemState[];
  questions: Question[];
  pauses: Pause[];
  groups: Agreement;
  mapping: MappingState;
  release: Agreement;
  /** The dry run that shows the rules of the approved mapping; null when it is still to be made. */
  rehearsal: Rehearsal | null;
  /** The test on an anonymised copy that is under way; absent when none is. */
  testing?: UnderTest | undefined;
  /** Points that were left out, by name, up to the release. */
  leftOut: LeftOut[];
  schedule: Schedule | null;
  /** The go-live date that everybody was last told of, and when. */
  goLiveTold: { readonly date: string; readonly at: string } | null;
  /** Keys of reminders that went out, or that are not needed any more. */
  remindersDone: string[];
  /** Messages whose outcome is not known, for the project manager. */
  mailsInDoubt: number;
  /** The latest events, for the details; all of them are in Postgres. */
  events: OnboardingEvent[];
  /** Number of events so far. */
  seq: number;
  /** The last event that Postgres has. */
  recorded: number;
  /** Why it was cancelled; null when it was not. */
  cancelledBecause: string | null;
  /** What the system could not do, and what to do about it; by the item that it is about. */
  problems: Problem[];
}

/** What was agreed at the start, checked and with its calendar. */
export interface OnboardingPlan {
  /** First working day of week 1, `2026-12-01`. */
  readonly start: string;
  /** Working days of each phase. */
  readonly durations: Readonly<Record<Phase, number>>;
  /** IANA name. */
  readonly timeZone: string;
  readonly holidays: readonly string[];
  readonly clock: PlanClock;
}

/** A contact as workflows know it: never a name or an address. */
export interface ContactRef {
  readonly id: string;
  readonly side: Side;
  readonly role: string;
  readonly approves: boolean;
  /** Items that this person owes. */
  readonly owns: readonly string[];
}

export interface ItemState {
  readonly id: string;
  state: 'open' | 'delivered' | 'checked' | 'left out';
  delivered: Deed | null;
  checked: Deed | null;
  /** What the system found, or what was said, in one or more sentences. */
  finding: string | null;
  /** A date that a person set. */
  movedTo: string | null;
}

/** Who did something, when, and who wrote it down for them. */
export interface Deed {
  readonly by: string;
  readonly at: string;
  readonly recordedBy: string | null;
}

export interface Question {
  /** `q1` */
  readonly id: string;
  readonly by: string;
  /** Contact who owes the answer. */
  readonly to: string;
  readonly side: Side;
  readonly text: string;
  /** The item that waits for the answer. */
  readonly about: string | null;
  readonly askedAt: string;
  /** Date. */
  due: string;
  answer: (Deed & { readonly text: string }) | null;
}

export interface Pause {
  /** Date. */
  readonly from: string;
  to: string | null;
  readonly by: string;
  readonly reason: string;
}

/** Something that both sides have to agree on, in numbered versions. */
export interface Agreement {
  /** 0: nothing is proposed yet. */
  version: number;
  status: 'none' | 'open' | 'approved' | 'done';
  approvals: Approval[];
  /** What is proposed, in a sentence. */
  words: string | null;
  /** Run that holds it as planned changes, where it is one. */
  runId: number | null;
}

export interface Approval {
  readonly by: string;
  readonly side: Side;
  readonly at: string;
  readonly recordedBy: string | null;
}

export interface MappingState {
  /** Number of the latest concept; 0 before the first. */
  iteration: number;
  /** Version of the mapping that the latest concept is made from. */
  version: number | null;
  status: 'none' | 'open' | 'changes requested' | 'approved';
  approvedVersion: number | null;
  /** Version that the system drafted; null before. */
  drafted: number | null;
  /** Comments on the latest concept. */
  comments: number;
  approvals: Approval[];
}

export interface Rehearsal {
  /** Version of the mapping. */
  readonly version: number;
  /** Number of the run, as in `sync report --run`. */
  readonly run: number;
}

export interface UnderTest {
  /** `test/korenaar/3` */
  readonly number: number;
  /** Version of the mapping. */
  readonly version: number;
}

export interface LeftOut {
  readonly item: string;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

export interface OnboardingEvent {
  readonly seq: number;
  readonly at: string;
  /** Contact id, or `system`. */
  readonly by: string;
  readonly recordedBy: string | null;
  readonly via: Via;
  /** `delivered`, `checked`, `asked`, ... */
  readonly what: string;
  readonly about: string | null;
  /** What a person wrote, or a sentence of the system. */
  readonly text: string | null;
  readonly refused: boolean;
}

/** Something stands in the way of an item, instead of what stood there before. */
export function addProblem(state: Pick<OnboardingState, 'problems'>, problem: Problem): void {
  state.problems = [...state.problems.filter(({ about }) => about !== problem.about), problem];
}

export function forgetProblem(state: Pick<OnboardingState, 'problems'>, ...abouts: readonly string[]): void {
  state.problems = state.problems.filter(({ about }) => !abouts.includes(about));
}

export type Via = 'update' | 'signal' | 'system';

export interface Problem {
  /** An item, or `mail`. */
  readonly about: string;
  readonly text: string;
  /** `a while`: it is tried again by itself on the next day. `somebody`: until a person does something about it. */
  readonly until: 'a while' | 'somebody';
}

export function itemOf(state: OnboardingState, id: string): ItemState {
  const item = state.items.find((entry) => entry.id === id);
  if (item === undefined) throw new Error(`There is no item ${id}.`);
  return item;
}

/** Checked off, or left out by name. */
export function isSettled({ state }: ItemState): boolean {
  return state === 'checked' || state === 'left out';
}
