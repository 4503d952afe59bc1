import { Gauge, Registry } from 'prom-client';
import type { CustomerState } from '../store/observer.js';

/**
 * What Postgres knows about each customer, read anew for every scrape: right at once after a restart, and the same from
 * every worker. While Postgres does not answer there are no values, since old ones would look like today's.
 */
export class CustomerGauges {
  readonly registry = new Registry();
  readonly #postgres = this.#gauge('usersync_postgres_up', 'Whether Postgres answers, 1 or 0', []);
  readonly #accepted = this.#gauge(
    'usersync_last_accepted_snapshot_timestamp_seconds',
    'When the last snapshot was accepted',
  );
  readonly #held = this.#gauge('usersync_held_changes', 'Changes that wait for a decision');
  readonly #open = this.#gauge(
    'usersync_open_run_started_timestamp_seconds',
    'When the live run that is under way or waits was started',
  );

  constructor(private readonly read: () => Promise<readonly CustomerState[]>) {}

  /** Prometheus' text of this moment. */
  async show(): Promise<string> {
    const states = await this.read().catch(() => null);
    for (const gauge of [this.#accepted, this.#held, this.#open]) gauge.reset();
    this.#postgres.set(states === null ? 0 : 1);
    for (const state of states ?? []) this.#set(state);
    return this.registry.metrics();
  }

  #set({ customer, lastAcceptedAt, held, openRunSince }: CustomerState): void {
    this.#held.set({ customer }, held);
    if (lastAcceptedAt !== null) this.#accepted.set({ customer }, seconds(lastAcceptedAt));
    if (openRunSince !== null) this.#open.set({ customer }, seconds(openRunSince));
  }

  #gauge(name: string, help: string, labelNames = ['customer']): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}

function seconds(instant: Date): number {
  return instant.getTime() / 1000;
}
