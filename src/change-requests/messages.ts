import type { Actor } from '../onboarding/messages.js';
import type { Size } from './classify.js';

/** What is sent to a change request: one small JSON value each, as an update or as a signal of the same name. */

/** What the requester says that it is. */
export const ASKED = [
  ...(['add-location', 'remove-location', 'add-department', 'remove-department'] as const),
  ...(['mapping', 'structure'] as const),
] as const;

export type Asked = (typeof ASKED)[number];

/** Files a change request: what starts its workflow, small enough to type in the Temporal UI. */
export interface ChangeOrder extends Actor {
  readonly customer: string;
  readonly kind: Asked;
  /** The wish, in the words of whoever files it. */
  readonly text: string;
  /** Issued by Postgres: `change request` and `fileChange` fill it in. */
  readonly number?: number;
  /** How many times faster than real time its clock goes: for demos. */
  readonly speed?: number;
}

export interface Ask extends Actor {
  /** Contact who is to answer. */
  readonly to: string;
  readonly text: string;
}

export interface Answer extends Actor {
  readonly question: string;
  readonly text: string;
}

/** Corrects what the rules made of it. */
export interface Classify extends Actor {
  readonly size: Size;
  readonly reason: string;
}

/** Proposes a date until which it is done; the other side agrees by sending the same date. */
export interface Agree extends Actor {
  readonly on: string;
}

/** A version of the mapping that does what was asked for. */
export interface Propose extends Actor {
  readonly version: number;
  /** Whether it is tested on an anonymised copy first, though nobody has to. */
  readonly test?: boolean;
}

/** What becomes of the people of a location or department that is closed. */
export const BECOMES = ['move', 'leave', 'stay', 'mixed'] as const;

export type Become = (typeof BECOMES)[number];

export interface People extends Actor {
  readonly become: Become;
  readonly text: string;
}

export interface Approve extends Actor {
  readonly version: number;
  /** As mailed to the contact. */
  readonly code?: string;
}

/** With a version: that one is not good, and the next is awaited. Without: Speakap turns the whole request down. */
export interface Reject extends Actor {
  readonly version?: number;
  readonly reason: string;
}

export interface Withdraw extends Actor {
  readonly reason: string;
}

/** Begins a test of the proposed version on an anonymised copy; a structural one begins by itself. */
export type BeginTest = Actor;

/** Tries again what could not be done; while an approval is awaited, sends new codes. */
export interface Retry extends Actor {
  /** Why it is closed though a part of it failed. */
  readonly accept?: string;
}

/** Every message by its name. */
export interface Messages {
  readonly ask: Ask;
  readonly answer: Answer;
  readonly classify: Classify;
  readonly agree: Agree;
  readonly propose: Propose;
  readonly people: People;
  readonly approve: Approve;
  readonly reject: Reject;
  readonly withdraw: Withdraw;
  readonly test: BeginTest;
  readonly retry: Retry;
}

export type MessageName = keyof Messages;
