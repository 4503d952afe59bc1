import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { renderDetails } from '../../change-requests/details.js';
import { outlookOf } from '../../change-requests/health.js';
import type { MessageName } from '../../change-requests/messages.js';
import { isOver, type ChangeState } from '../../change-requests/state.js';
import { note, SYSTEM, type Occasion } from '../../onboarding/events.js';
import { toPlanTime } from '../../onboarding/schedule/clock.js';
import type { Via } from '../../onboarding/state.js';
import { Turns } from '../onboarding/turns.js';
import { Painted } from '../painted.js';
import {
  customerKey,
  dueDateKey,
  healthKey,
  managerKey,
  openQuestionsKey,
  phaseKey,
  waitingOnKey,
} from '../search-attributes.js';

/** Events after which a request continues as new: a thousand signals may come in between. */
const HISTORY_EVENTS = 700;

/** One change request's memory, mirrored in details and search attributes. */
export class Request extends Painted {
  known: ChangeState | null;
  /** The sentence in which its filing was refused. */
  refusal: string | null = null;
  readonly turns = new Turns();
  /** Mails that are still being tried. */
  telling = 0;
  /** The run that applies it is under way, or is looked at. */
  isApplying = false;
  /** A test is being begun: there is never a second one. */
  isBeginningTest = false;
  /** The test may have ended since it was looked at last. */
  mayBeTested = true;
  private shown = '';

  constructor(resumed: ChangeState | undefined) {
    super();
    this.known = resumed ?? null;
  }

  get state(): ChangeState {
    if (this.known === null) throw new Error('The change request is not open yet.');
    return this.known;
  }

  /** Now, in the time of its clock. */
  get now(): string {
    const real = Date.now();
    return new Date(this.known === null ? real : toPlanTime(this.known.clock, real)).toISOString();
  }

  get isOver(): boolean {
    return this.known !== null && isOver(this.known);
  }

  isHistoryFull(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return continueAsNewSuggested || historyLength >= HISTORY_EVENTS;
  }

  occasion(via: Via = 'system'): Occasion {
    return { at: this.now, via };
  }

  noteRefused(name: MessageName, via: Via, text: string): void {
    if (this.known !== null) note(this.known, SYSTEM, this.occasion(via), { what: name, text, refused: true });
    this.changed();
  }

  noteSystem(what: string, about: string | null, text: string | null): void {
    this.noteQuietly(what, about, text);
    this.hasNews = true;
  }

  /** As `noteSystem`, and nothing has to be done about it: it is written down with the next news. */
  noteQuietly(what: string, about: string | null, text: string | null): void {
    note(this.state, SYSTEM, this.occasion(), { what, about, text });
    this.show();
  }

  protected paint(): void {
    if (this.known === null) return;
    const { now, known } = this;
    setCurrentDetails(renderDetails(known, now));
    const outlook = outlookOf(known, now);
    // While the clock stands still the date moves on with every moment: that alone is no news.
    const isStill = known.pauses.at(-1)?.to === null;
    const { phase, health, waitingOn, openQuestions } = outlook;
    const dueDate = isStill ? null : outlook.dueDate;
    const text = JSON.stringify({ ...outlook, dueDate, manager: known.manager });
    if (text === this.shown) return;
    this.shown = text;
    upsertSearchAttributes([
      { key: customerKey, value: known.customer },
      { key: managerKey, value: known.manager },
      { key: phaseKey, value: phase },
      { key: healthKey, value: health },
      { key: waitingOnKey, value: waitingOn },
      { key: dueDateKey, value: dueDate === null ? null : new Date(dueDate) },
      { key: openQuestionsKey, value: openQuestions },
    ]);
  }
}
