import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ChangeOrder, MessageName, Messages } from '../../change-requests/messages.js';
import type { ChangeState, ClosedStatus, UnderTest } from '../../change-requests/state.js';

/** The argument of the workflow: what a person gave, or where an earlier part of it stopped. */
export interface ChangeInput extends ChangeOrder {
  /** Filled in when it continues as new; never by a person. */
  readonly resume?: ChangeState;
}

export interface TestNews {
  /** Number of the test. */
  readonly test: number;
  readonly waitsFor: UnderTest['waitsFor'];
}

/** How a change request ended. */
export interface ChangeResult {
  readonly status: ClosedStatus;
  readonly words: string;
  /** Whether every promise was kept; null where nothing was done. */
  readonly kept: boolean | null;
}

export const MESSAGE_NAMES: readonly MessageName[] = [
  ...(['ask', 'answer', 'classify', 'agree', 'propose', 'people', 'approve'] as const),
  ...(['reject', 'withdraw', 'test', 'retry'] as const),
];

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
  ask: 'Asks one of the contacts something; the clock waits for the customer',
  answer: 'Answers a question',
  classify: 'Says that it is small or structural, whatever the rules say',
  agree: 'Proposes the date of a structural change, or agrees to it',
  propose: 'Sends a version of the mapping to the customer',
  people: 'Says what becomes of the people of what is closed',
  approve: 'The customer approves one version',
  reject: 'Sends one version back; without a version, Speakap turns the request down',
  withdraw: 'The customer takes the request back',
  test: 'Begins a test of the proposed version on an anonymised copy of the network',
  retry: 'Tries again what could not be done, or sends new codes',
};

/** Sent together with the start: answers what it was taken as and what is promised, or is refused with a sentence. */
export const fileUpdate = defineUpdate<string, []>('file');
/** Sent by the test of a change, and not by people: whose approval it waits for; `nobody`: it is over, or not so far. */
export const testNewsSignal = defineSignal<[TestNews]>('testNews');
/** Everything that the request knows of itself; null until it is open. */
export const stateQuery = defineQuery<ChangeState | null>('state');

export function changeId(customer: string, number: number): string {
  return `change/${customer}/${number}`;
}
