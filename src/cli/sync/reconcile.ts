import { renderText } from '../../report/text.js';
import { readCustomer } from '../../store/customers.js';
import { activeMapping } from '../../store/mappings.js';
import type { RunOrder } from '../../workflows/messages.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { followToReport, runStarter } from './follow-to-report.js';
import type { ReconcileOptions } from './run-commands.js';

const SHOWN = 20;

/** `sync reconcile`: a run of its own that compares the network with what the sync wrote. */
export async function reconcileSync(
  context: Context,
  slug: string,
  { by, repair }: ReconcileOptions,
): Promise<ExitCode> {
  const { output } = context;
  const database = await context.database();
  await readCustomer(database, slug);
  await activeMapping(database, slug);
  const start = await runStarter(context);

  const what =
    repair === true
      ? ({ kind: 'live', reconcile: 'repair' } as const)
      : ({ kind: 'dry', reconcile: 'report' } as const);
  const order: RunOrder = { customer: slug, requestedBy: by, ...what };
  const limits = { changes: SHOWN, warnings: SHOWN };
  const { run, report, exitCode } = await followToReport(context, start, order, limits);
  const more = nextSteps(slug, run.number, repair === true ? null : by);
  const isEqual = report.totalWarnings === 0 && run.status === 'done';
  const next = isEqual ? 'The network shows what the sync wrote: nothing differs.' : more;
  output.answer(report, () => `${renderText(report, output.paint, output.width)}\n\n${next}`);
  return exitCode;
}

/** `by`: who may mend it; null when that was just tried. */
function nextSteps(slug: string, run: number, by: string | null): string {
  const more = `What differs, person by person: usersync sync report ${slug} --run ${run} --format csv --warnings`;
  return by === null ? more : `${more}\nMend it: usersync sync reconcile ${slug} --repair --by ${by}`;
}
