import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client';
import type { RunOrder } from '../workflows/messages.js';
import { parseTimeOfDay } from './schedule.js';

const DAY_NAMES = {
  monday: 'MONDAY',
  tuesday: 'TUESDAY',
  wednesday: 'WEDNESDAY',
  thursday: 'THURSDAY',
  friday: 'FRIDAY',
  saturday: 'SATURDAY',
  sunday: 'SUNDAY',
} as const;

/** A day of the week. */
export type Weekday = keyof typeof DAY_NAMES;

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
    await client.schedule.getHandle(options.scheduleId).update((before) => ({ ...before, spec, action }));
  }
}

/** Whether there was one. */
export async function deleteWeekly(client: Client, customer: string): Promise<boolean> {
  try {
    await client.schedule.getHandle(weeklyId(customer)).delete();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
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
      workflowType: repair ? 'startDailySync' : 'dailySync',
      workflowId: repair ? `start-daily-sync/${customer}/reconcile` : `daily-sync/${customer}/dry/reconcile`,
      taskQueue,
      args: [order],
      staticSummary: `Compares the network of ${customer} with what the sync wrote`,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12h' },
  };
}
