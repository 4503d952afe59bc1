import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  ConceptNews,
  Message,
  MessageName,
  Messages,
  OnboardingOrder,
  Withdrawal,
} from '../../onboarding/messages.js';
import type { ContactRef, OnboardingState } from '../../onboarding/state.js';
import type { PlanClock } from '../../onboarding/schedule/clock.js';

/** The argument of the workflow: what a person gave, or where an earlier part of it stopped. */
export interface OnboardingInput extends OnboardingOrder {
  /** Filled in when it continues as new; never by a person. */
  readonly resume?: OnboardingState;
}

/** How an onboarding ended. */
export interface OnboardingResult {
  readonly status: 'done' | 'cancelled';
  readonly words: string;
}

const NAMES = [
  ...[
    'deliver',
    'check',
    'reopen',
    'leaveOut',
    'ask',
    'answer',
    'propose',
    'comment',
    'approve',
    'reject',
    'test',
    'retry',
  ],
  ...['pause', 'resume', 'move', 'cancel'],
] as readonly MessageName[];

export const MESSAGE_NAMES = NAMES;

/** Answers a sentence about what was done, and is refused with one. */
export function updateOf<Name extends MessageName>(name: Name) {
  return defineUpdate<string, [Messages[Name]]>(name);
}

/** The same by signal; one that makes no sense is shown in the details and changes nothing. */
export function signalOf<Name extends MessageName>(name: Name) {
  return defineSignal<[Messages[Name]]>(name);
}

/** What each message does, as it is shown beside it in the Temporal UI. */
export const DESCRIPTIONS: Readonly<Record<MessageName, string>> = {
  deliver: 'Hands a deliverable over',
  check: 'Checks a deliverable off',
  reopen: 'Opens a deliverable again',
  leaveOut: 'Leaves a business rule out, by name, up to the release',
  ask: 'Asks one of the contacts something',
  answer: 'Answers a question',
  propose: 'Sends a version of the mapping to the customer as the next concept',
  comment: 'Remarks on a line of the open concept',
  approve: 'Approves one version of the groups, the mapping or the release',
  reject: 'Rejects one version of the groups, the mapping or the release',
  test: 'Begins a test of the approved mapping on an anonymised copy of the network',
  retry: 'Tries again what the system could not do',
  pause: 'Pauses: nobody is reminded and no day counts',
  resume: 'Resumes after a pause',
  move: 'Sets the date of one deliverable',
  cancel: 'Cancels, and removes what was made',
};

/** Sent by the drop: the customer has uploaded a file. */
export const uploadedSignal = defineSignal<[]>('uploaded');
/** Sent by a test when it is over: the system looks how it ended. */
export const testEndedSignal = defineSignal<[]>('testEnded');
/** Sent by a mapping iteration to the onboarding. */
export const conceptNewsSignal = defineSignal<[ConceptNews]>('conceptNews');
/** Everything that the onboarding knows of itself; null until it has its number. */
export const stateQuery = defineQuery<OnboardingState | null>('state');

/** What one concept mapping is asked to be decided about. */
export interface IterationOrder {
  readonly customer: string;
  readonly onboardingId: number;
  readonly manager: string;
  /** Number of the concept. */
  readonly iteration: number;
  /** Version of the mapping that it is made from. */
  readonly version: number;
  readonly contacts: readonly ContactRef[];
  readonly clock: PlanClock;
}

export interface IterationResult {
  readonly iteration: number;
  readonly version: number;
  readonly status: 'approved' | 'changes requested' | 'withdrawn';
}

/** Sent by the onboarding when a newer concept takes its place, or when it is cancelled. */
export const withdrawSignal = defineSignal<[Withdrawal]>('withdraw');

export function onboardingId(customer: string): string {
  return `onboarding/${customer}`;
}

export function iterationId(customer: string, iteration: number): string {
  return `onboarding/${customer}/mapping/${iteration}`;
}

export type { Message, MessageName };
