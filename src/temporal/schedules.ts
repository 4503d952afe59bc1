import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { deleteSchedule, describeSchedule, pauseSchedule, saveSchedule, type DailySchedule } from './schedule.js';
import { deleteWeekly } from './weekly-schedule.js';

type DailyTime = Omit<DailySchedule, 'taskQueue' | 'paused'>;

/** Daily schedules, as a worker makes them. */
export class Schedules {
  readonly #client: Client;

  constructor(
    connection: NativeConnection,
    namespace: string,
    private readonly taskQueue: string,
  ) {
    this.#client = new Client({ connection, namespace });
  }

  /** Makes it, paused, or brings it to this time; whether it is paused is kept when it exists. */
  async save(schedule: DailyTime): Promise<void> {
    await saveSchedule(this.#client, { ...schedule, taskQueue: this.taskQueue, paused: true });
  }

  /** Makes it or brings it to this time, and switches it on. */
  async switchOn(schedule: DailyTime, note: string): Promise<void> {
    await saveSchedule(this.#client, { ...schedule, taskQueue: this.taskQueue, paused: false }, note);
  }

  /** No daily run until a person resumes it. Without a schedule nothing happens. */
  async pause(customer: string, note: string): Promise<void> {
    if ((await describeSchedule(this.#client, customer)) !== null) await pauseSchedule(this.#client, customer, note);
  }

  /** Whether there was a daily one; the weekly comparison goes with it. */
  async remove(customer: string): Promise<boolean> {
    await deleteWeekly(this.#client, customer);
    return deleteSchedule(this.#client, customer);
  }
}
