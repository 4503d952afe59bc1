import { randomUUID } from 'node:crypto';
import { renderText } from '../../report/text.js';
import { readCustomer } from '../../store/customers.js';
import { findUndoable } from '../../store/undone-run.js';
import { startRun } from '../../temporal/runs.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import type { UndoOptions } from './commands.js';
import { exitCodeOf, finishedRun } from './finished-run.js';
import { followRun } from './follow-run.js';
import { readReport } from './read-report.js';
import { refuseWithoutWorker } from './worker-check.js';

const SHOWN = 20;

/** `sync undo`: a run of its own that takes another one back. */
export async function undoSync(
  context: Context,
  slug: string,
  number: number,
  { by, dry }: UndoOptions,
): Promise<ExitCode> {
  const { config, output } = context;
  const database = await context.database();
  await readCustomer(database, slug);
  await findUndoable(database, slug, number);
  const client = await context.temporal();
  await refuseWithoutWorker(client, config.taskQueue);

  const kind = dry === true ? ('dry' as const) : ('live' as const);
  const order = { customer: slug, kind, requestedBy: by, undo: number };
  const followed = await followRun(() => startRun(client, config.taskQueue, order, randomUUID()), output);
  const run = await finishedRun(database, slug, followed);
  const report = await readReport(database, run, { changes: SHOWN, warnings: SHOWN });
  output.answer(
    report,
    () =>
      `${renderText(report, output.paint, output.width)}\n\nWhat was taken back is sent again when its record or the mapping changes. ` +
      `Person by person: usersync sync report ${slug} --run ${run.number}`,
  );
  return exitCodeOf(report, followed);
}
