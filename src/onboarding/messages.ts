import type { Phase } from './schedule/types.js';

/** What is sent to an onboarding: one small JSON value each, as an update or as a signal of the same name. */

/** Whoever acts; `recordedBy` is the staff member who writes it down on their behalf. */
export interface Actor {
  readonly by: string;
  readonly recordedBy?: string;
}

/** Hands a deliverable over. Which of the fields are needed depends on the deliverable. */
export interface Deliver extends Actor {
  readonly item: string;
  /** What was agreed, or the exceptions. */
  readonly note?: string;
  /** Name of a file in the customer's folder of the drop. */
  readonly file?: string;
  /** Number of a file that the command line has stored. */
  readonly fileId?: number;
  readonly addresses?: readonly string[];
  readonly publicKey?: string;
  /** `05:30` */
  readonly time?: string;
}

export interface Check extends Actor {
  readonly item: string;
  readonly note?: string;
}

export interface Reopen extends Actor {
  readonly item: string;
  readonly reason: string;
}

export interface LeaveOut extends Actor {
  readonly item: string;
  readonly reason: string;
}

export interface Ask extends Actor {
  /** Contact who is to answer. */
  readonly to: string;
  readonly text: string;
  /** The item that waits for the answer. */
  readonly about?: string;
  /** Date; two working days from now when left out. */
  readonly due?: string;
}

export interface Answer extends Actor {
  readonly question: string;
  readonly text: string;
}

/** What both sides have to agree on. */
export type Subject = 'groups' | 'mapping' | 'release';

export interface Approve extends Actor {
  readonly subject: Subject;
  readonly version: number;
  /** As mailed to the contact. */
  readonly code?: string;
}

export interface Reject extends Actor {
  readonly subject: Subject;
  readonly version: number;
  readonly reason: string;
}

/** A remark on a line of the open concept. */
export interface Comment extends Actor {
  readonly version: number;
  readonly line: string;
  readonly text: string;
}

/** Sends a version of the mapping to the customer as the next concept. */
export interface Propose extends Actor {
  readonly version: number;
}

/** Begins a test of the approved mapping on an anonymised copy of the network. */
export type TestOrder = Actor;

/** Tries again what the system could not do, or looks again; for a rule, the dry run is made again. */
export interface Retry extends Actor {
  readonly item: string;
}

export interface PauseOrder extends Actor {
  readonly reason: string;
}

export interface Resume extends Actor {
  readonly reason?: string;
}

/** Sets the date of one item. */
export interface Move extends Actor {
  readonly item: string;
  readonly to: string;
  readonly reason: string;
}

export interface Cancel extends Actor {
  readonly reason: string;
}

/** Every message by its name. */
export interface Messages {
  readonly deliver: Deliver;
  readonly check: Check;
  readonly reopen: Reopen;
  readonly leaveOut: LeaveOut;
  readonly ask: Ask;
  readonly answer: Answer;
  readonly propose: Propose;
  readonly comment: Comment;
  readonly approve: Approve;
  readonly reject: Reject;
  readonly test: TestOrder;
  readonly retry: Retry;
  readonly pause: PauseOrder;
  readonly resume: Resume;
  readonly move: Move;
  readonly cancel: Cancel;
}

export type MessageName = keyof Messages;
export type Message<Name extends MessageName = MessageName> = Messages[Name];

/** What starts an onboarding: small enough to type in the Temporal UI. */
export interface OnboardingOrder {
  readonly customer: string;
  /** First day of week 1, `2026-12-01`. */
  readonly start: string;
  readonly source: 'sftp' | 'api';
  /** Staff id of the project manager who starts it. */
  readonly requestedBy: string;
  readonly holidays?: readonly string[];
  /** Working days of a phase: setup 5, mapping 5, implementation 10, testing 5, release 5. */
  readonly durations?: Partial<Record<Phase, number>>;
  /** How many times faster than real time it goes: for demos. */
  readonly speed?: number;
}

/** What a mapping iteration tells the onboarding that it belongs to. */
export interface ConceptNews extends Actor {
  /** Whose concept it is: an earlier onboarding of the customer may have left one behind. */
  readonly onboardingId: number;
  readonly iteration: number;
  readonly version: number;
  readonly via: 'update' | 'signal';
  readonly kind: 'commented' | 'approved' | 'rejected' | 'refused';
  /** Line, comment, reason or refusal. */
  readonly line?: string;
  readonly text?: string;
}

/** What the onboarding tells a mapping iteration that is not needed any more. */
export interface Withdrawal {
  readonly by: string;
  readonly reason: string;
}
