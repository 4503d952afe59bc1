import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { deleteSchedule, resumeSchedule, saveSchedule } from './schedule.js';

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
  async save(schedule: {
    readonly customer: string;
    readonly dailyAt: string;
    readonly timeZone: string;
  }): Promise<void> {
    await saveSchedule(this.#client, { ...schedule, taskQueue: this.taskQueue, paused: true });
  }

  async resume(customer: string, note: string): Promise<void> {
    await resumeSchedule(this.#client, customer, note);
  }

  /** Whether there was one. */
  async remove(customer: string): Promise<boolean> {
    return deleteSchedule(this.#client, customer);
  }
}
