import { renderText } from '../../report/text.js';
import { readCustomer } from '../../store/customers.js';
import { findUndoable } from '../../store/undone-run.js';
import { isUnderWay } from '../../temporal/under-way.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { followToReport, runStarter } from './follow-to-report.js';
import type { UndoOptions } from './run-commands.js';

const SHOWN = 20;

/** `sync undo`: a run of its own that takes another one back. */
export async function undoSync(
  context: Context,
  slug: string,
  number: number,
  { by, dry }: UndoOptions,
): Promise<ExitCode> {
  const { output } = context;
  const database = await context.database();
  await readCustomer(database, slug);
  const client = await context.temporal();
  await findUndoable(database, slug, number, ({ workflowId }) => isUnderWay(client, workflowId));
  const start = await runStarter(context);

  const kind = dry === true ? ('dry' as const) : ('live' as const);
  const order = { customer: slug, kind, requestedBy: by, undo: number };
  const limits = { changes: SHOWN, warnings: SHOWN };
  const { run, report, exitCode } = await followToReport(context, start, order, limits);
  const more = `Person by person: usersync sync report ${slug} --run ${run.number}`;
  const again = kind === 'dry' ? '' : 'What was taken back is sent again when its record or the mapping changes. ';
  output.answer(report, () => `${renderText(report, output.paint, output.width)}\n\n${again}${more}`);
  return exitCode;
}
