import { randomUUID } from 'node:crypto';
import type { RunReport } from '../../report/run-report.js';
import type { Run } from '../../store/prisma/client.js';
import { startRun, type StartedRun } from '../../temporal/runs.js';
import type { RunOrder } from '../../workflows/messages.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { exitCodeOf, finishedRun } from './finished-run.js';
import { followRun } from './follow-run.js';
import { readReport, type Limits } from './read-report.js';
import { refuseWithoutWorker } from './worker-check.js';

export type StartRun = (order: RunOrder) => Promise<StartedRun>;

/** What starts a run. @throws NoWorker, before anything is started or written */
export async function runStarter(context: Context): Promise<StartRun> {
  const { taskQueue } = context.config;
  const client = await context.temporal();
  await refuseWithoutWorker(client, taskQueue);
  return (order) => startRun(client, taskQueue, order, randomUUID());
}

export interface FollowedRun {
  readonly run: Run;
  readonly report: RunReport;
  readonly exitCode: ExitCode;
}

/** Starts a run and shows its progress until it ends or waits for a person. @throws what `finishedRun` throws */
export async function followToReport(
  context: Context,
  start: StartRun,
  order: RunOrder,
  limits: Limits,
): Promise<FollowedRun> {
  const database = await context.database();
  const followed = await followRun(() => start(order), context.output);
  const run = await finishedRun(database, order.customer, followed);
  const report = await readReport(database, run, limits);
  return { run, report, exitCode: exitCodeOf(report, followed) };
}
