import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { note, SYSTEM, type Occasion } from '../../onboarding/events.js';
import { renderDetails } from '../../onboarding/details/details.js';
import { outlookOf } from '../../onboarding/health.js';
import type { Actor, MessageName } from '../../onboarding/messages.js';
import { toPlanTime } from '../../onboarding/schedule/clock.js';
import type { OnboardingState, Via } from '../../onboarding/state.js';
import { Painted } from '../painted.js';
import {
  customerKey,
  dueDateKey,
  goLiveKey,
  healthKey,
  iterationKey,
  managerKey,
  openQuestionsKey,
  phaseKey,
  waitingOnKey,
} from '../search-attributes.js';
import type { Rehearsal } from './rehearsal.js';
import { Turns } from './turns.js';

/** Events after which an onboarding continues as new: a thousand signals may come in between. */
const HISTORY_EVENTS = 700;

/** One onboarding's memory, mirrored in details and search attributes. */
export class Course extends Painted {
  known: OnboardingState | null;
  /** Something may have come in that the system has to look for. */
  mayHaveArrived = true;
  /** Messages that are being taken. */
  readonly turns = new Turns();
  private shown = '';

  constructor(resumed: OnboardingState | undefined) {
    super();
    this.known = resumed ?? null;
  }

  get state(): OnboardingState {
    if (this.known === null) throw new Error('The onboarding has no number yet.');
    return this.known;
  }

  /** Now, in the time of the plan. */
  get now(): string {
    const real = Date.now();
    return new Date(this.known === null ? real : toPlanTime(this.known.plan.clock, real)).toISOString();
  }

  /** The date of now in UTC: near enough to tell that a date is long past; the calendar decides exactly. */
  get today(): string {
    return this.now.slice(0, 10);
  }

  /** Mails that are still being tried. */
  telling = 0;

  rehearsalOf(version: number, what: string, by: string): Rehearsal {
    const { customer, manager, number } = this.state;
    return { customer, manager, version, by, key: `onboarding-${number}-${what}-${Date.parse(this.now)}` };
  }

  get isOver(): boolean {
    return this.known?.status === 'done' || this.known?.status === 'cancelled';
  }

  isHistoryFull(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return continueAsNewSuggested || historyLength >= HISTORY_EVENTS;
  }

  occasion(via: Via = 'system'): Occasion {
    return { at: this.now, via };
  }

  noteRefused(name: MessageName | 'conceptNews', via: Via, text: string): void {
    if (this.known !== null) note(this.known, SYSTEM, this.occasion(via), { what: name, text, refused: true });
    this.changed();
  }

  noteSystem(what: string, about: string | null, text: string | null, actor: Actor = SYSTEM): void {
    note(this.state, actor, this.occasion(), { what, about, text });
    this.changed();
  }

  /** As `noteSystem`, and nothing has to be done about it: it is written down with the next news. */
  noteQuietly(what: string, about: string | null, text: string | null): void {
    note(this.state, SYSTEM, this.occasion(), { what, about, text });
    this.show();
  }

  protected paint(): void {
    if (this.known === null) return;
    setCurrentDetails(renderDetails(this.known, workflowInfo().namespace));
    const outlook = outlookOf(this.known);
    const text = JSON.stringify(outlook);
    if (text === this.shown) return;
    this.shown = text;
    const { phase, health, waitingOn, dueDate, goLive, iteration, openQuestions } = outlook;
    upsertSearchAttributes([
      { key: customerKey, value: this.known.customer },
      { key: managerKey, value: this.known.manager },
      { key: phaseKey, value: phase },
      { key: healthKey, value: health },
      { key: waitingOnKey, value: waitingOn },
      { key: dueDateKey, value: dueDate === null ? null : new Date(dueDate) },
      { key: goLiveKey, value: goLive === null ? null : new Date(goLive) },
      { key: iterationKey, value: iteration },
      { key: openQuestionsKey, value: openQuestions },
    ]);
  }
}
