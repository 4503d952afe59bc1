import { note, type Occasion } from '../onboarding/events.js';
import type { PlanClock } from '../onboarding/schedule/clock.js';
import type { ContactRef } from '../onboarding/state.js';
import { classifyAsked } from './classify.js';
import type { ChangeOrder } from './messages.js';
import type { ChangeState } from './state.js';

/** What Postgres answers when a request is opened. */
export interface Opened {
  readonly changeRequestId: number;
  readonly number: number;
  readonly manager: string;
  readonly timeZone: string;
  readonly contacts: readonly ContactRef[];
  readonly clock: PlanClock;
}

/** A request that was just filed, classified by what the requester says. */
export function newState(order: ChangeOrder, opened: Opened, occasion: Occasion): ChangeState {
  const { customer, by, recordedBy, kind: asked, text } = order;
  const state: ChangeState = {
    ...opened,
    customer,
    filed: { by, recordedBy: recordedBy ?? null, at: occasion.at, asked, text },
    status: 'open',
    step: 'mapping',
    classification: classifyAsked(asked),
    overruled: null,
    pauses: [],
    agreement: null,
    broken: [],
    told: [],
    questions: [],
    proposal: null,
    people: null,
    test: null,
    testing: undefined,
    applied: null,
    problems: [],
    mailsInDoubt: 0,
    events: [],
    seq: 0,
    recorded: 0,
    ended: null,
    words: null,
  };
  note(state, order, occasion, { what: 'filed', about: asked, text });
  return state;
}
