import { note, type Occasion } from '../events.js';
import type { Cancel, PauseOrder, Resume } from '../messages.js';
import type { OnboardingState } from '../state.js';
import { objectionToSide } from './people.js';

export function objectionToPause(state: OnboardingState, message: PauseOrder): string | null {
  if (state.status === 'paused') return 'The onboarding is paused already.';
  return objectionToSide(state, message, 'speakap', 'Pausing');
}

/** The days until it goes on again are no working days for anything that is open. */
export function takePause(state: OnboardingState, message: PauseOrder, occasion: Occasion, today: string): string {
  state.status = 'paused';
  state.pauses.push({ from: today, to: null, by: message.by, reason: message.reason });
  note(state, message, occasion, { what: 'paused', text: message.reason });
  return 'Paused. Nobody is reminded, and no day of the pause counts, until it is resumed.';
}

export function objectionToResume(state: OnboardingState, message: Resume): string | null {
  if (state.status !== 'paused') return 'The onboarding is not paused.';
  return objectionToSide(state, message, 'speakap', 'Resuming');
}

/** `lastDay`: the day before this one, which counts again. A pause of less than a day is none. */
export function takeResume(state: OnboardingState, message: Resume, occasion: Occasion, lastDay: string): string {
  state.status = 'running';
  const pause = state.pauses.at(-1);
  if (pause !== undefined) pause.to = lastDay;
  state.pauses = state.pauses.filter(({ from, to }) => to === null || to >= from);
  note(state, message, occasion, { what: 'resumed', text: message.reason ?? null });
  return 'Resumed. Dates that were open have moved by the days of the pause.';
}

export function objectionToCancel(state: OnboardingState, message: Cancel): string | null {
  return objectionToSide(state, message, 'speakap', 'Cancelling');
}

export function takeCancel(state: OnboardingState, message: Cancel, occasion: Occasion): string {
  state.status = 'cancelled';
  state.cancelledBecause = message.reason;
  note(state, message, occasion, { what: 'cancelled', text: message.reason });
  return 'Cancelled. Accounts, credentials and data that the onboarding made are removed now.';
}
