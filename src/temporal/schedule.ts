import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
  type ScheduleHandle,
  type ScheduleOptions,
} from '@temporalio/client';
import type { RunOrder } from '../workflows/messages.js';
import { deleteIfThere, describeIfThere } from './known-schedule.js';

export interface DailySchedule {
  readonly customer: string;
  /** `05:30`, wall-clock time in `timeZone`. */
  readonly dailyAt: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly taskQueue: string;
  readonly paused: boolean;
  /** Percent of the limits that hold in its runs; null: all of it; left out: as before, and all of it in a new one. */
  readonly limits?: number | null;
}

/** The time of day cannot be scheduled. */
export class BadTimeOfDay extends Error {
  override readonly name = 'BadTimeOfDay';
}

/**
 * Creates the customer's schedule or brings it to these settings; whether it is paused is kept when it exists, unless
 * `switchedOn` says why it is not any more. That is one update: Temporal may do the end of a pause before an update that
 * was sent earlier, and then the schedule would stay paused.
 */
export async function saveSchedule(
  client: Client,
  schedule: DailySchedule,
  switchedOn: string | null = null,
): Promise<void> {
  const options = toOptions(schedule);
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, policies } = options;
    await handleOf(client, schedule.customer).update(({ state, action: before }) => ({
      spec,
      action: toAction(schedule.limits === undefined ? { ...schedule, limits: limitsIn(before) } : schedule),
      state: switchedOn === null ? state : { ...state, paused: false, note: switchedOn },
      ...(policies === undefined ? {} : { policies }),
    }));
  }
}

/** null when the customer has no schedule. */
export async function describeSchedule(client: Client, customer: string): Promise<ScheduleDescription | null> {
  return describeIfThere(handleOf(client, customer));
}

export async function pauseSchedule(client: Client, customer: string, note: string): Promise<void> {
  await handleOf(client, customer).pause(note);
}

export async function resumeSchedule(client: Client, customer: string, note: string): Promise<void> {
  await handleOf(client, customer).unpause(note);
}

/** Whether there was one. */
export async function deleteSchedule(client: Client, customer: string): Promise<boolean> {
  return deleteIfThere(handleOf(client, customer));
}

/** @throws BadTimeOfDay for a text that is no time, and for the hours in which clocks are changed. */
export function parseTimeOfDay(text: string): { readonly hour: number; readonly minute: number } {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (hours === undefined || minutes === undefined) {
    throw new BadTimeOfDay(`"${text}" is no time of day. Write it as 05:30. Nothing was changed.`);
  }
  const hour = Number(hours);
  if (hour >= 1 && hour < 3) {
    throw new BadTimeOfDay(
      `At ${text} clocks are changed twice a year, so a run would be missed or made twice. ` +
        'Choose a time before 01:00 or from 03:00 on. Nothing was changed.',
    );
  }
  return { hour, minute: Number(minutes) };
}

function handleOf(client: Client, customer: string): ScheduleHandle {
  return client.schedule.getHandle(scheduleId(customer));
}

function scheduleId(customer: string): string {
  return `daily-sync/${customer}`;
}

function toAction({ customer, taskQueue, limits = null }: DailySchedule): ScheduleOptions['action'] {
  const tighter = limits === null ? {} : { limits };
  const order: RunOrder = { customer, kind: 'live', requestedBy: 'schedule', ...tighter };
  return {
    type: 'startWorkflow',
    workflowType: 'startDailySync',
    workflowId: `start-daily-sync/${customer}`,
    taskQueue,
    args: [order],
    staticSummary: `Starts the daily sync of ${customer}`,
  };
}

/** What a schedule gives its runs: whoever brings it to another hour does not end a time in which tighter limits hold. */
function limitsIn({ args }: ScheduleDescription['action']): number | null {
  const order: unknown = args?.[0];
  const limits = typeof order === 'object' && order !== null && 'limits' in order ? order.limits : null;
  return typeof limits === 'number' ? limits : null;
}

function toOptions(schedule: DailySchedule): ScheduleOptions {
  const { customer, dailyAt, timeZone, paused } = schedule;
  return {
    scheduleId: scheduleId(customer),
    spec: { calendars: [{ ...parseTimeOfDay(dailyAt), comment: 'the daily sync' }], timezone: timeZone },
    action: toAction(schedule),
    // A starter that still waits for an older run starts today's as well; a second one beside it has nothing to add.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12h' },
    state: { paused, note: paused ? 'not yet switched on' : 'switched on' },
  };
}
