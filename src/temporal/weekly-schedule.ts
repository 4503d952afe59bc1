import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
  type ScheduleHandle,
  type ScheduleOptions,
} from '@temporalio/client';
import type { RunOrder } from '../workflows/messages.js';
import { deleteIfThere, describeIfThere, nearTimes } from './known-schedule.js';
import { parseTimeOfDay } from './schedule.js';
import { WEEKDAYS, type Weekday } from './weekdays.js';

const DAY_NAMES = {
  monday: 'MONDAY',
  tuesday: 'TUESDAY',
  wednesday: 'WEDNESDAY',
  thursday: 'THURSDAY',
  friday: 'FRIDAY',
  saturday: 'SATURDAY',
  sunday: 'SUNDAY',
} as const satisfies Readonly<Record<Weekday, string>>;

/** Type of the workflow that a repair begins with. */
const REPAIRING = 'startDailySync';

/** When the network is compared with what the sync wrote. */
export interface WeeklySchedule {
  readonly customer: string;
  readonly on: Weekday;
  /** `07:30`, wall-clock time in `timeZone`. */
  readonly at: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly taskQueue: string;
  /** Mends what differs instead of only telling it. */
  readonly repair: boolean;
}

/** Creates the weekly schedule of a customer beside its daily one, or brings it to these settings. @throws BadTimeOfDay */
export async function saveWeekly(client: Client, schedule: WeeklySchedule): Promise<void> {
  const options = toOptions(schedule);
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action } = options;
    await handleOf(client, schedule.customer).update((before) => ({ ...before, spec, action }));
  }
}

/** Brings it to another time zone, when there is one. */
export async function moveWeekly(
  client: Client,
  { customer, timeZone, taskQueue }: Pick<WeeklySchedule, 'customer' | 'timeZone' | 'taskQueue'>,
): Promise<void> {
  const known = await describeWeekly(client, customer);
  if (known === null || known.timeZone === timeZone) return;
  const { on, at, repair } = known;
  await saveWeekly(client, { customer, on, at, timeZone, taskQueue, repair });
}

/** The weekly comparison as Temporal knows it. */
export interface KnownWeekly {
  readonly on: Weekday;
  readonly at: string;
  readonly timeZone: string;
  readonly repair: boolean;
  /** Somebody paused it in Temporal. */
  readonly paused: boolean;
  readonly next: readonly Date[];
  readonly last: readonly Date[];
}

/** null when the network is not compared every week. */
export async function describeWeekly(client: Client, customer: string): Promise<KnownWeekly | null> {
  const description = await describeIfThere(handleOf(client, customer));
  return description === null ? null : toWeekly(description);
}

function toWeekly(description: ScheduleDescription): KnownWeekly {
  const { spec, action, state } = description;
  const [calendar] = spec.calendars ?? [];
  const day = calendar?.dayOfWeek[0]?.start;
  const [hour, minute] = [calendar?.hour[0]?.start ?? 0, calendar?.minute[0]?.start ?? 0];
  return {
    on: WEEKDAYS.find((weekday) => DAY_NAMES[weekday] === day) ?? 'sunday',
    at: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
    timeZone: spec.timezone ?? 'UTC',
    repair: action.workflowType === REPAIRING,
    paused: state.paused,
    ...nearTimes(description),
  };
}

/** Whether there was one. */
export async function deleteWeekly(client: Client, customer: string): Promise<boolean> {
  return deleteIfThere(handleOf(client, customer));
}

function handleOf(client: Client, customer: string): ScheduleHandle {
  return client.schedule.getHandle(weeklyId(customer));
}

function weeklyId(customer: string): string {
  return `reconcile/${customer}`;
}

/** What only reports is a dry run, which runs beside others; what repairs goes through the starter as every live run. */
function toOptions({ customer, on, at, timeZone, taskQueue, repair }: WeeklySchedule): ScheduleOptions {
  const order: RunOrder = repair
    ? { customer, kind: 'live', requestedBy: 'schedule', reconcile: 'repair' }
    : { customer, kind: 'dry', requestedBy: 'schedule', reconcile: 'report' };

  return {
    scheduleId: weeklyId(customer),
    spec: {
      calendars: [{ ...parseTimeOfDay(at), dayOfWeek: DAY_NAMES[on], comment: 'the network is compared' }],
      timezone: timeZone,
    },
    action: {
      type: 'startWorkflow',
      workflowType: repair ? REPAIRING : 'dailySync',
      workflowId: repair ? `start-daily-sync/${customer}/reconcile` : `daily-sync/${customer}/dry/reconcile`,
      taskQueue,
      args: [order],
      staticSummary: `Compares the network of ${customer} with what the sync wrote`,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12h' },
  };
}
