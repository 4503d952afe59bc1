import { Client } from '@temporalio/client';
import { expect } from 'vitest';
import type { OnboardingOrder } from '../../src/onboarding/messages.js';
import { itemOf, type OnboardingState } from '../../src/onboarding/state.js';
import { latestOnboarding, onboardingEvents } from '../../src/store/onboardings.js';
import { describeSchedule } from '../../src/temporal/schedule.js';
import { Course } from './course.js';
import type { AddedCustomer } from './customers.js';
import type { PlanDays } from './plan-days.js';
import type { StoryClock } from './story-clock.js';
import { until } from './until.js';
import type { World } from './world.js';

/** Working days of the baseline on which everything is due: weeks 1 to 6 of the timeline. */
export const PLAN: Readonly<Record<string, number>> = {
  ...{ 'example-record': 2, 'upload-addresses': 2, 'api-credentials': 2, 'sftp-login': 3, 'structure-overview': 3 },
  ...{ 'record-contents': 4, frequency: 4, 'known-exceptions': 4, 'first-upload': 5, 'first-read': 4 },
  ...{ 'concept-mapping': 7, groups: 8, 'mapping-feedback': 9, 'final-mapping': 10 },
  ...{ 'rule-invitations': 13, 'rule-prefill': 14, 'rule-groups': 15, 'rule-removal': 16 },
  ...{ 'rule-roles': 18, 'rule-exceptions': 20, test: 25, 'finalised-user-sync': 30 },
};

/** The plan from an item on, some working days later. */
export function planFrom(workingDay: number, later: number): Readonly<Record<string, number>> {
  const rest = Object.entries(PLAN).filter(([, day]) => day >= workingDay);
  return Object.fromEntries(rest.map(([id, day]) => [id, day + later]));
}

/** What a project manager finds in the list. */
export interface Shown {
  readonly phase?: string;
  readonly health?: string;
  readonly waitingOn?: string | null;
  /** Working day at whose 17:00 the next thing is due. */
  readonly due?: number;
  readonly goLive?: number;
  readonly openQuestions?: number;
  readonly iteration?: number;
}

export interface TimedCourseOptions {
  readonly days: PlanDays;
  readonly clock: StoryClock;
  /** Of the Temporal that has the daily schedules. */
  readonly schedules: Client;
}

/** A course that happens at moments of the plan, among others in the same virtual time. */
export class TimedCourse extends Course {
  readonly days: PlanDays;
  readonly #clock: StoryClock;
  readonly #schedules: Client;
  /** Of the first run of the onboarding. */
  firstRunId = '';

  constructor(world: World, added: AddedCustomer, { days, clock, schedules }: TimedCourseOptions) {
    super(world, added);
    this.days = days;
    this.#clock = clock;
    this.#schedules = schedules;
  }

  /** Waits for a time of a working day, on the clocks of the customer. */
  on(workingDay: number, time = '10:00'): Promise<void> {
    return this.#clock.until(this.days.instant(this.days.date(workingDay), time));
  }

  /** Waits for a time of any date, for weekends and holidays. */
  onDate(date: string, time: string): Promise<void> {
    return this.#clock.until(this.days.instant(date, time));
  }

  /** On the working day before the first one. */
  async begin(order: Partial<OnboardingOrder> = {}): Promise<void> {
    await this.on(0, '14:00');
    await this.start({ start: this.days.first, holidays: this.days.holidays, ...order });
    this.firstRunId = (await this.handle.describe()).runId;
    await this.until('had its dates', ({ schedule }) => schedule !== null);
  }

  /** Everything is due as planned, but what is named here with its working day. */
  async expectDates(shifted: Readonly<Record<string, number>>, plan = PLAN): Promise<void> {
    const { schedule } = await this.settled();
    const due = Object.fromEntries(schedule.items.map(({ id, dueDate }) => [id, dueDate]));
    const wanted = schedule.items.map(({ id }) => [id, this.days.date(shifted[id] ?? plan[id] ?? 0)] as const);
    expect(due, this.customer).toEqual(Object.fromEntries(wanted));
    const goLive = shifted['finalised-user-sync'] ?? plan['finalised-user-sync'] ?? 0;
    expect(schedule.goLive, `${this.customer}: ${schedule.reason}`).toBe(this.days.date(goLive));
  }

  /** The read model in Postgres says so, and Temporal's search attributes are written from the same. */
  async expectShown({ due, goLive, ...wanted }: Shown): Promise<void> {
    await this.settled();
    const row = await latestOnboarding(this.world.database, this.customer);
    const end = (day: number): Date => new Date(this.days.instant(this.days.date(day), '17:00'));
    expect(row, this.customer).toMatchObject({
      ...wanted,
      ...(due === undefined ? {} : { dueDate: end(due) }),
      ...(goLive === undefined ? {} : { goLive: end(goLive) }),
    });
  }

  /** Every reminder about an item or a question so far, on the clocks of the customer: `before to customer, 2027-03-01 09:30`. */
  async reminders(about: string): Promise<readonly string[]> {
    await this.settled();
    const { id } = await latestOnboarding(this.world.database, this.customer);
    const events = await onboardingEvents(this.world.database, id);
    return events
      .filter((event) => event.about === about && event.what.startsWith('reminder'))
      .map(({ what, at }) => `${what.replace(/reminder \((\S+)\)/, '$1')}, ${this.days.local(at)}`);
  }

  /** `before to customer, ...` for the working day of a due date, as far as named. */
  remindersFor(due: number, to: 'customer' | 'speakap', kinds: readonly string[]): readonly string[] {
    const steps: Readonly<Record<string, number>> = { before: -2, due: 0, after: 1, first: 3, second: 8, third: 13 };
    return kinds.map((kind) => {
      const isEscalation = kind in { first: 1, second: 1, third: 1 };
      const words = isEscalation ? 'escalation to manager' : `${kind} to ${to}`;
      return `${words}, ${this.days.date(due + (steps[kind] ?? 0))} 09:30`;
    });
  }

  /** A refusal stands among the events, by what was said and with its sentence. */
  async expectRefused(what: string, sentence: string): Promise<void> {
    await until(async () => {
      const { id } = await latestOnboarding(this.world.database, this.customer);
      const events = await onboardingEvents(this.world.database, id);
      return events.some((event) => event.refused && event.what === what && event.text?.includes(sentence) === true);
    });
  }

  /** Its daily schedule; null when it has none. */
  schedule(): ReturnType<typeof describeSchedule> {
    return describeSchedule(this.#schedules, this.customer);
  }

  itemState(id: string): Promise<string> {
    return this.state().then((state) => itemOf(state, id).state);
  }

  async ended(): Promise<'done' | 'cancelled'> {
    await until(async () => (await this.handle.describe()).status.name !== 'RUNNING', 120, 1_000);
    const { status, words } = await this.handle.result();
    expect(words).not.toBe('');
    return status;
  }

  /** With everything taken that has come so far, and written down in Postgres. */
  async settled(): Promise<OnboardingState & { readonly schedule: NonNullable<OnboardingState['schedule']> }> {
    let settled: OnboardingState | null = null;
    await until(
      async () => {
        const state = await this.state().catch(() => null);
        if (state === null || state.recorded !== state.seq) return false;
        settled = state;
        return true;
      },
      120,
      1_000,
    );
    const { schedule } = settled as unknown as OnboardingState;
    if (schedule === null) throw new Error('The onboarding has no dates yet.');
    return { ...(settled as unknown as OnboardingState), schedule };
  }
}

/** One whose waiting for a result lets no time pass. */
export function withPlainClient<W extends World>(world: W): W {
  const { temporal } = world;
  const client = new Client({ connection: temporal.connection, namespace: temporal.namespace });
  return { ...world, temporal: { ...temporal, client } };
}
