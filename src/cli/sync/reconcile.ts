import { randomUUID } from 'node:crypto';
import { renderText } from '../../report/text.js';
import { readCustomer } from '../../store/customers.js';
import { activeMapping } from '../../store/mappings.js';
import { startRun } from '../../temporal/runs.js';
import type { RunOrder } from '../../workflows/messages.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import type { ReconcileOptions } from './commands.js';
import { exitCodeOf, finishedRun } from './finished-run.js';
import { followRun } from './follow-run.js';
import { readReport } from './read-report.js';
import { refuseWithoutWorker } from './worker-check.js';

const SHOWN = 20;

/** `sync reconcile`: a run of its own that compares the network with what the sync wrote. */
export async function reconcileSync(
  context: Context,
  slug: string,
  { by, repair }: ReconcileOptions,
): Promise<ExitCode> {
  const { config, output } = context;
  const database = await context.database();
  await readCustomer(database, slug);
  await activeMapping(database, slug);
  const client = await context.temporal();
  await refuseWithoutWorker(client, config.taskQueue);

  const what =
    repair === true
      ? ({ kind: 'live', reconcile: 'repair' } as const)
      : ({ kind: 'dry', reconcile: 'report' } as const);
  const order: RunOrder = { customer: slug, requestedBy: by, ...what };
  const followed = await followRun(() => startRun(client, config.taskQueue, order, randomUUID()), output);
  const run = await finishedRun(database, slug, followed);
  const report = await readReport(database, run, { changes: SHOWN, warnings: SHOWN });
  const more = `What differs, person by person: usersync sync report ${slug} --run ${run.number} --format csv --warnings`;
  const next = repair === true ? '' : `\nMend it: usersync sync reconcile ${slug} --repair --by ${by}`;
  output.answer(report, () => `${renderText(report, output.paint, output.width)}\n\n${more}${next}`);
  return exitCodeOf(report, followed);
}
