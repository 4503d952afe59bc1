import { countByKind } from '../../report/kind-counts.js';
import { statusWords } from '../../report/headline.js';
import { renderTable } from '../../report/table.js';
import { durationWords, instantWords, numberWords } from '../../report/words.js';
import { listCustomers, readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import type { Run } from '../../store/prisma/client.js';
import { countsOfRun } from '../../store/run-counts.js';
import { listRuns } from '../../store/runs.js';
import type { Context } from '../context.js';
import { runStatus } from './run-status.js';

/** `sync list` */
export async function listSyncs(context: Context, slug: string | null, limit: number): Promise<void> {
  const database = await context.database();
  if (slug !== null) await readCustomer(database, slug);
  const runs = await listRuns(database, slug, limit);
  const zones = new Map((await listCustomers(database)).map(({ id, timeZone }) => [id, timeZone]));
  const entries = await Promise.all(runs.map((run) => toEntry(database, run)));
  context.output.answer({ runs: entries }, () => text(context, entries, zones));
}

async function toEntry(database: Database, run: Run) {
  const { customerId: customer, number, kind, requestedBy, startedAt, endedAt, problem } = run;
  const counts = await countsOfRun(database, run);
  const kinds = countByKind(counts);
  const status = runStatus(run, counts);
  const sum = (word: 'planned' | 'done' | 'held' | 'failed'): number =>
    kinds.reduce((total, entry) => total + entry[word], 0);
  return {
    ...{ customer, number, kind, status, requestedBy, startedAt, endedAt, problem },
    milliseconds: endedAt === null ? null : endedAt.getTime() - startedAt.getTime(),
    ...{ planned: sum('planned'), done: sum('done'), held: sum('held'), failed: sum('failed') },
  };
}

type Entry = Awaited<ReturnType<typeof toEntry>>;

function text({ output }: Context, entries: readonly Entry[], zones: ReadonlyMap<string, string>): string {
  if (entries.length === 0) return 'There was no run yet.';
  const head = ['customer', 'run', 'kind', 'status', 'started', 'planned', 'done', 'held', 'failed', 'time'];
  const rows = entries.map((entry) => [
    ...[entry.customer, String(entry.number), entry.kind, statusWords(entry.status)],
    instantWords(entry.startedAt, zones.get(entry.customer) ?? 'UTC'),
    ...[entry.planned, entry.done, entry.held, entry.failed].map(numberWords),
    durationWords(entry.milliseconds),
  ]);
  return renderTable({ head, right: [1, 5, 6, 7, 8, 9] }, rows, output.paint);
}
