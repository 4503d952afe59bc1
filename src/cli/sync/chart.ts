import { countByKind } from '../../report/kind-counts.js';
import { runsChart, type ChartedRun } from '../../report/runs-chart.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import type { Run } from '../../store/prisma/client.js';
import { countsOfRun } from '../../store/run-counts.js';
import { listRuns } from '../../store/runs.js';
import type { Context } from '../context.js';
import { NoRun } from './finished-run.js';
import { runStatus } from './run-status.js';

/** `sync chart`: the last runs, the newest at the bottom, where a terminal ends. */
export async function chartSyncs(context: Context, slug: string, limit: number): Promise<void> {
  const { output } = context;
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const newest = await listRuns(database, slug, limit);
  if (newest.length === 0) throw new NoRun(slug, null);
  const runs = await Promise.all([...newest].reverse().map((run) => toCharted(database, run)));
  output.answer({ customer: slug, runs }, () =>
    runsChart(runs, { timeZone, paint: output.paint, width: output.width }),
  );
}

async function toCharted(database: Database, run: Run): Promise<ChartedRun> {
  const counts = await countsOfRun(database, run);
  const kinds = countByKind(counts);
  const sum = (word: 'planned' | 'done' | 'failed' | 'held'): number =>
    kinds.reduce((total, entry) => total + entry[word], 0);
  const { number, kind, startedAt, endedAt } = run;
  return {
    ...{ number, kind, status: runStatus(run, counts), startedAt },
    milliseconds: endedAt === null ? null : endedAt.getTime() - startedAt.getTime(),
    ...{ planned: sum('planned'), done: sum('done'), failed: sum('failed'), held: sum('held') },
  };
}
