import { changeWords } from '../../report/change-words.js';
import { renderTable } from '../../report/table.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { readHolds } from '../../store/holds.js';
import type { Run } from '../../store/prisma/client.js';
import { readChangeRows } from '../../store/report-rows.js';
import { findRun } from '../../store/runs.js';
import { toCustomerId } from '../../sync/ids.js';
import { CommandFailed } from '../errors.js';
import type { Context } from '../context.js';

/** The customer has no such run. */
export class NoSuchRun extends CommandFailed {}

export interface HeldOptions {
  readonly run?: number;
  readonly limit: number;
}

/** `sync held`: who is held in a run, by what, and why the change was planned. */
export async function showHeld(context: Context, slug: string, { run: number, limit }: HeldOptions): Promise<void> {
  const database = await context.database();
  const customer = await readCustomer(database, slug);
  const run = await heldRun(database, slug, number ?? null);
  const holds = await readHolds(database.pool, run.id);
  const rows = await readChangeRows(database, toCustomerId(customer.id), run.id, { limit, status: 'held' });
  const changes = rows.map(({ xid, change }) => ({ xid, what: changeWords(change), why: change.reason.text }));
  const all = holds.reduce((sum, hold) => sum + hold.changes, 0);
  context.output.answer({ customer: slug, run: run.number, holds, changes }, () => {
    if (all === 0) return `Nothing is held in run ${run.number} of ${slug}.`;
    const head = { head: ['person', 'change', 'why'] };
    const table = renderTable(
      head,
      changes.map(({ xid, what, why }) => [xid ?? '', what, why]),
      context.output.paint,
    );
    const guards = holds.map((hold) => `${hold.with.replaceAll('_', ' ')}, ${hold.people} people: ${hold.guard ?? ''}`);
    const more = all > changes.length ? [`${all - changes.length} more; --limit shows them.`] : [];
    return [...guards, '', table, ...more].join('\n');
  });
}

/** @throws NoSuchRun */
export async function heldRun(database: Database, slug: string, number: number | null): Promise<Run> {
  const run = await findRun(database, slug, number);
  if (run !== null) return run;
  throw new NoSuchRun(`${slug} has no ${number === null ? 'run yet' : `run ${number}`}. Nothing was changed.`);
}
