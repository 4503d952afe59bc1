import { note, type Occasion } from '../../onboarding/events.js';
import { contactOf, objectionToSide } from '../../onboarding/acts/people.js';
import type { Agree, Classify } from '../messages.js';
import { latestEnd } from '../promise.js';
import type { ChangeState } from '../state.js';

export function objectionToClassify(state: ChangeState, message: Classify): string | null {
  const objection = objectionToSide(state, message, 'speakap', 'Correcting what the rules say');
  if (objection !== null) return objection;
  if (state.step === 'applying') return 'It is being applied already.';
  const { size, by } = state.classification;
  return size === message.size && by !== 'rules' ? `It is ${size} already, as ${by} said.` : null;
}

/** A person knows best: the rules only tell what they would say from now on. */
export function takeClassify(state: ChangeState, message: Classify, occasion: Occasion): string {
  const { size, reason, by } = message;
  state.overruled ??= state.classification;
  state.classification = { size, reason, by };
  if (size === 'small') state.agreement = null;
  note(state, message, occasion, { what: `classified as ${size}`, text: reason });
  return `It is ${size} from now on: ${PROMISED[size]}.`;
}

const PROMISED = {
  small: 'done within 48 hours of its filing',
  structural: 'an agreed date within 48 hours of its filing, and done within 14 days',
} as const;

export function objectionToAgree(state: ChangeState, message: Agree): string | null {
  if (state.classification.size === 'small')
    return 'It is small: it is done within 48 hours, and needs no agreed date.';
  if (state.step === 'applying') return 'It is being applied already.';
  const { agreement } = state;
  if (agreement === null || agreement.on !== message.on) return null;
  if (agreement.agreed !== null) return `${agreement.on} is agreed already.`;
  const side = contactOf(state, message.by)?.side;
  return side === agreement.side
    ? `${agreement.on} was proposed by the side of ${agreement.side}; the other side has to agree.`
    : null;
}

/**
 * What is wrong with a date once the calendar has told its end, `dueAt`. Only the customer may want a later day than promised:
 * a reorganisation that begins in a month is no breach.
 */
export function objectionToDay(state: ChangeState, { by, on }: Agree, dueAt: string, now: string): string | null {
  if (dueAt <= now) return `${on} is over.`;
  const latest = latestEnd(state, now);
  const isAgreeing = state.agreement !== null && state.agreement.on === on;
  if (dueAt <= latest || isAgreeing || contactOf(state, by)?.side === 'customer') return null;
  return `${on} is later than the 14 days that are promised, which end on ${latest.slice(0, 10)}. Only the customer can ask for a later day.`;
}

export function takeAgree(state: ChangeState, message: Agree, occasion: Occasion, dueAt: string): string {
  const { by, on } = message;
  const { at } = occasion;
  const side = contactOf(state, by)?.side ?? 'customer';
  const { agreement } = state;
  if (agreement !== null && agreement.on === on && agreement.side !== side) {
    agreement.agreed = { by, at };
    note(state, message, occasion, { what: 'agreed on the date', about: on });
    return `Agreed: done by ${on}.`;
  }
  state.agreement = { on, dueAt, by, side, at, agreed: null };
  note(state, message, occasion, { what: 'proposed a date', about: on });
  return `${on} is proposed. ${side === 'speakap' ? 'The customer' : 'Speakap'} agrees by sending the same date.`;
}
