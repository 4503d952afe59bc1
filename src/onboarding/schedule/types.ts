/**
 * The words of a schedule. Plain JSON without imports, so that workflow code may carry it. Dates are `YYYY-MM-DD` in the
 * customer's time zone, instants are ISO strings in UTC (`2026-12-01T16:00:00.000Z`).
 */

export type Side = 'customer' | 'speakap';

export type Phase = 'setup' | 'mapping' | 'implementation' | 'testing' | 'release';

/** In the order in which they follow each other. */
export const PHASES: readonly Phase[] = ['setup', 'mapping', 'implementation', 'testing', 'release'];

/** For people. */
export const PHASE_TITLES: Readonly<Record<Phase, string>> = {
  setup: 'Setting up',
  mapping: 'Mapping',
  implementation: 'Implementation',
  testing: 'Testing',
  release: 'Release',
};

/** Working days: weeks 1, 2, 3 and 4, 5 and 6 (timeline). */
export const DEFAULT_DURATIONS: Readonly<Record<Phase, number>> = {
  setup: 5,
  mapping: 5,
  implementation: 10,
  testing: 5,
  release: 5,
};

/** The item whose finish is the go-live. */
export const GO_LIVE_ITEM = 'finalised-user-sync';

export interface CalendarSettings {
  /** IANA name. */
  readonly timeZone: string;
  /** Dates. */
  readonly holidays: readonly string[];
  readonly pauses: readonly Pause[];
}

/** First and last day on which nothing is expected of anybody; `to` is null while the pause lasts. */
export interface Pause {
  readonly from: string;
  readonly to: string | null;
}

/** A piece of work with a date: a deliverable, a rule, a question. */
export interface PlannedItem {
  readonly id: string;
  readonly phase: Phase;
  readonly side: Side;
  /** Goes into sentences as it is: `example record`. */
  readonly title: string;
  /** Items that must be done before this can begin. */
  readonly needs: readonly string[];
  /** Working day (from 1) of its phase on which it is planned to be due; in a shorter phase, its last day. */
  readonly dueDay: number;
}

export interface Baseline {
  /** Date. */
  readonly start: string;
  /** Working days of each phase. */
  readonly durations: Readonly<Record<Phase, number>>;
}

export interface Progress {
  readonly id: string;
  /** Instant. */
  readonly doneAt: string | null;
  /** A date that a person set by "move". */
  readonly movedTo: string | null;
  /** Who has to act now, where it is not the side that owes it: what was handed over waits for a check. */
  readonly turn?: Side;
}

export interface OpenQuestion {
  readonly id: string;
  /** Who owes the answer. */
  readonly side: Side;
  /** The item that cannot be finished without the answer. */
  readonly about: string | null;
  /** Instant. */
  readonly askedAt: string;
  /** Date. */
  readonly due: string;
  /** Instant. */
  readonly answeredAt: string | null;
}

export interface ScheduleRequest {
  /** Instant. */
  readonly now: string;
  readonly calendar: CalendarSettings;
  readonly baseline: Baseline;
  readonly items: readonly PlannedItem[];
  readonly progress: readonly Progress[];
  readonly questions: readonly OpenQuestion[];
}

/** What items and questions have in common once they have dates. */
export interface Dated {
  readonly id: string;
  readonly side: Side;
  readonly dueDate: string;
  /** Instant: 17:00 of the due date. */
  readonly dueAt: string;
  /** The working day at whose end it is done: what was, or the earliest that can still be. */
  readonly finish: string;
  /** Done or answered. */
  readonly done: boolean;
  /** Open, and its due date is over. */
  readonly late: boolean;
  /** Working days between due date and finish; 0 when it is on time. */
  readonly lateBy: number;
}

export interface ScheduledItem extends Dated {
  readonly title: string;
  readonly phase: Phase;
  /** Dates of the baseline. */
  readonly plannedStart: string;
  readonly plannedDue: string;
  /** Instant: 09:00 of the first day on which it can be worked on. */
  readonly startsAt: string;
  /** Working days of the due date against the baseline. */
  readonly shiftedBy: number;
  /** What shifted the due date, root first: ids of late items and questions, of itself when it was moved, and of pauses. */
  readonly because: readonly string[];
  /** One more working day on it is one more working day until go-live. */
  readonly critical: boolean;
}

export interface ScheduledQuestion extends Dated {
  readonly about: string | null;
}

/** First and last day of a phase in the baseline. */
export interface PhaseDates {
  readonly phase: Phase;
  readonly from: string;
  readonly to: string;
}

export interface Schedule {
  /** Instant for which it was made. */
  readonly now: string;
  /** As it was counted with: a pause that lasts is closed at the day of `now`. */
  readonly calendar: CalendarSettings;
  readonly phases: readonly PhaseDates[];
  readonly items: readonly ScheduledItem[];
  readonly questions: readonly ScheduledQuestion[];
  readonly goLive: string;
  /** Instant: 17:00 of that day. */
  readonly goLiveAt: string;
  readonly plannedGoLive: string;
  /** Working days. */
  readonly goLiveShift: number;
  /** A sentence about why go-live moves; null when it does not. */
  readonly reason: string | null;
  /** Of what is open and may begin. */
  readonly reminders: readonly Reminder[];
  /** The next instant at which the dates change by themselves, because something becomes late or later; null: never. */
  readonly changesAt: string | null;
  /** Why they change then, for the summary of a timer. */
  readonly changesBecause: string | null;
}

export type ReminderKind = 'before' | 'due' | 'after' | 'escalation';

export interface Reminder {
  /** Stable: item or question, due date, kind and, of escalations, number. */
  readonly key: string;
  /** Item or question. */
  readonly about: string;
  readonly kind: ReminderKind;
  /** Escalations go to the project manager, everything else to the side whose turn it is. */
  readonly to: Side | 'manager';
  /** Instant, never at night, on a weekend or on a holiday of the customer. */
  readonly at: string;
  /** `reminder to customer: example record, due 2 Dec`. */
  readonly summary: string;
}

/** What can be sent now; `next` is the first allowed moment when something waits that may not be sent now. */
export interface DueReminders {
  readonly send: readonly Reminder[];
  readonly next: string | null;
}

export interface Moment {
  /** Instant. */
  readonly at: string;
  /** For the summary of a timer. */
  readonly summary: string;
}
