import { renderTable } from '../../report/table.js';
import { statusWords } from '../../report/headline.js';
import { ageWords, instantWords } from '../../report/words.js';
import { listCustomers, type CustomerWithConnections } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { findRun } from '../../store/runs.js';
import { lastAccepted } from '../../store/snapshots.js';
import type { Context } from '../context.js';
import { readRunStatus } from '../sync/run-status.js';

/** `customer list` */
export async function listAll(context: Context): Promise<void> {
  const database = await context.database();
  const customers = await listCustomers(database);
  const entries = await Promise.all(customers.map((customer) => toEntry(database, customer)));
  context.output.answer({ customers: entries }, () => text(context, entries));
}

async function toEntry(database: Database, { id, name, manager, timeZone, dailyAt, source }: CustomerWithConnections) {
  const run = await findRun(database, id, null);
  const snapshot = await lastAccepted(database, id);
  return {
    ...{ slug: id, name, manager, timeZone, dailyAt },
    source: source?.kind ?? null,
    lastRun: run && {
      number: run.number,
      kind: run.kind,
      status: await readRunStatus(database, run),
      startedAt: run.startedAt,
    },
    lastAcceptedAt: snapshot?.decidedAt ?? null,
  };
}

type Entry = Awaited<ReturnType<typeof toEntry>>;

function text({ output }: Context, entries: readonly Entry[]): string {
  if (entries.length === 0) return 'There is no customer yet. "usersync customer add FILE" adds one.';
  const now = new Date();
  const rows = entries.map(({ slug, name, manager, dailyAt, timeZone, lastRun, lastAcceptedAt }) => [
    ...[slug, name, manager, `${dailyAt} ${timeZone}`],
    lastRun === null
      ? 'none'
      : `${lastRun.number}, ${lastRun.kind}, ${statusWords(lastRun.status)}, ${instantWords(lastRun.startedAt, timeZone)}`,
    lastAcceptedAt === null ? 'none' : ageWords(lastAcceptedAt, now),
  ]);
  const head = ['slug', 'name', 'manager', 'daily at', 'last run', 'age of the record'];
  return renderTable({ head, widths: { 1: 30, 4: 40 } }, rows, output.paint);
}
