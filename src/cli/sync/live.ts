import { renderText } from '../../report/text.js';
import { readCustomer } from '../../store/customers.js';
import { activeMapping } from '../../store/mappings.js';
import { findPlanned } from '../../store/planned-run.js';
import { toCustomerId } from '../../sync/ids.js';
import type { RunOrder } from '../../workflows/messages.js';
import type { Context } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { userName } from '../user-name.js';
import { followToReport, runStarter } from './follow-to-report.js';
import { pilotOf } from './pilot.js';
import type { RunOptions } from './run-commands.js';

/** `sync run`: a live run through the starter, as the schedule would start it. */
export async function runSync(context: Context, slug: string, options: RunOptions): Promise<ExitCode> {
  const { output } = context;
  const database = await context.database();
  await readCustomer(database, slug);
  await activeMapping(database, slug);
  if (options.asPlanned !== undefined) await findPlanned(database, slug, options.asPlanned);
  const start = await runStarter(context);

  const requestedBy = options.by ?? userName(context.env);
  const only = await pilotOf(database, toCustomerId(slug), requestedBy, options);
  const order: RunOrder = { customer: slug, kind: 'live', requestedBy, ...whatOf(options), ...only };
  if (!options.wait) {
    const { workflowId } = await start(order);
    output.answer(
      { customer: slug, workflowId },
      () => `The run is started as ${workflowId}. "usersync sync list ${slug}" shows how it goes.`,
    );
    return EXIT.ok;
  }
  const { run, report, exitCode } = await followToReport(context, start, order, { changes: 0, warnings: 0 });
  output.answer(
    report,
    () =>
      `${renderText(report, output.paint, output.width)}\n\nPerson by person: usersync sync report ${slug} --run ${run.number}`,
  );
  return exitCode;
}

/** What is planned anew, or the plan that is there. */
function whatOf({ last, asPlanned }: RunOptions): Pick<RunOrder, 'delivery' | 'asPlanned'> {
  if (asPlanned !== undefined) return { asPlanned };
  return { delivery: last === true ? 'last' : 'newest' };
}
