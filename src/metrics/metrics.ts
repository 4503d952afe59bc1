import { Counter, Histogram, Registry } from 'prom-client';

/** What this worker did since it started; labels are customers, kinds and call patterns, never people. */
export class SyncMetrics {
  readonly registry = new Registry();
  readonly #runs = this.#counter('usersync_runs_total', 'Runs by how they ended', ['customer', 'status']);
  readonly #changes = this.#counter('usersync_changes_total', 'Changes by kind and outcome', [
    'customer',
    'kind',
    'status',
  ]);
  readonly #held = this.#counter('usersync_changes_held_total', 'Changes that a guard held when a run was planned', [
    'customer',
  ]);
  readonly #accepted = this.#counter('usersync_snapshots_accepted_total', 'Snapshots that were accepted', ['customer']);
  readonly #requests = new Histogram({
    name: 'usersync_network_request_seconds',
    help: 'Calls to networks by pattern and status',
    labelNames: ['customer', 'call', 'status'],
    registers: [this.registry],
  });

  runEnded(customer: string, status: string): void {
    this.#runs.inc({ customer, status });
  }

  changesApplied(customer: string, kind: string, status: string, changes: number): void {
    if (changes > 0) this.#changes.inc({ customer, kind, status }, changes);
  }

  /** How many wait at this moment is read from Postgres (`customer-gauges.ts`), which also knows it after a restart. */
  heldNow(customer: string, changes: number): void {
    this.#held.inc({ customer }, changes);
  }

  snapshotAccepted(customer: string): void {
    this.#accepted.inc({ customer });
  }

  networkCalled(customer: string, call: string, status: number | null, ms: number): void {
    this.#requests.observe({ customer, call, status: status ?? 'none' }, ms / 1000);
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
}
