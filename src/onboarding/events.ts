import type { Actor } from './messages.js';
import type { Deed, OnboardingEvent, Via } from './state.js';

/** So many of the latest events stand in the details; Postgres has all. */
export const SHOWN_EVENTS = 12;

/** What happened, as far as it is remembered: of an onboarding, or of a change request. */
export interface EventLog {
  /** The latest; all of them are in Postgres. */
  events: OnboardingEvent[];
  /** Number of events so far. */
  seq: number;
  /** The last event that Postgres has. */
  recorded: number;
}

/** When and by which way something is done. */
export interface Occasion {
  /** Instant in the time of the plan. */
  readonly at: string;
  readonly via: Via;
}

export const SYSTEM: Actor = { by: 'system' };

type Noted = Pick<OnboardingEvent, 'what'> & Partial<Pick<OnboardingEvent, 'about' | 'text' | 'refused'>>;

/** Adds to the audit trail. What Postgres has already is forgotten here beyond the latest few. */
export function note(state: EventLog, actor: Actor, occasion: Occasion, event: Noted): void {
  state.seq += 1;
  state.events.push({
    seq: state.seq,
    at: occasion.at,
    via: occasion.via,
    by: actor.by,
    recordedBy: actor.recordedBy ?? null,
    what: event.what,
    about: event.about ?? null,
    text: event.text ?? null,
    refused: event.refused ?? false,
  });
  forgetRecorded(state);
}

/** Postgres has everything up to this event. */
export function markRecorded(state: EventLog, seq: number): void {
  state.recorded = Math.max(state.recorded, seq);
  forgetRecorded(state);
}

export function unrecorded(state: EventLog): readonly OnboardingEvent[] {
  return state.events.filter(({ seq }) => seq > state.recorded);
}

export function deedOf(actor: Actor, { at }: Occasion): Deed {
  return { by: actor.by, at, recordedBy: actor.recordedBy ?? null };
}

function forgetRecorded(state: EventLog): void {
  while (state.events.length > SHOWN_EVENTS && (state.events[0]?.seq ?? Infinity) <= state.recorded)
    state.events.shift();
}
