import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What operations watch; labels are customers, kinds and call patterns, never people. */
export class SyncMetrics {
  readonly registry = new Registry();
  readonly #runs = this.#counter('usersync_runs_total', 'Runs by how they ended', ['customer', 'status']);
  readonly #changes = this.#counter('usersync_changes_total', 'Changes by kind and outcome', [
    'customer',
    'kind',
    'status',
  ]);
  readonly #held = this.#gauge('usersync_held_changes', 'Changes that wait for a decision', ['customer']);
  readonly #accepted = this.#gauge(
    'usersync_last_accepted_snapshot_timestamp_seconds',
    'When the last snapshot was accepted',
    ['customer'],
  );
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

  heldNow(customer: string, changes: number): void {
    this.#held.set({ customer }, changes);
  }

  snapshotAccepted(customer: string, at: Date = new Date()): void {
    this.#accepted.set({ customer }, at.getTime() / 1000);
  }

  networkCalled(customer: string, call: string, status: number | null, ms: number): void {
    this.#requests.observe({ customer, call, status: status ?? 'none' }, ms / 1000);
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  #gauge(name: string, help: string, labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
