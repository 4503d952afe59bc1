import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { BYTE_ORDER_MARK, warningsCsv } from '../../report/csv.js';
import { renderText } from '../../report/text.js';
import { readCustomer } from '../../store/customers.js';
import { activeMapping, mappingVersion } from '../../store/mappings.js';
import { startRun } from '../../temporal/runs.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { unwritable } from '../read-file.js';
import { userName } from '../user-name.js';
import type { PlanOptions } from './commands.js';
import { exitCodeOf, finishedRun } from './finished-run.js';
import { followRun } from './follow-run.js';
import { readReport } from './read-report.js';
import { refuseWithoutWorker } from './worker-check.js';

const FIRST = 20;
const ALL = Number.MAX_SAFE_INTEGER;

/** `sync plan`: a dry run through Temporal, and what a live one would do. */
export async function planSync(context: Context, slug: string, options: PlanOptions): Promise<ExitCode> {
  const { config, output } = context;
  const database = await context.database();
  await readCustomer(database, slug);
  const { mapping } = options;
  await (mapping === undefined ? activeMapping(database, slug) : mappingVersion(database, slug, mapping));
  const client = await context.temporal();
  await refuseWithoutWorker(client, config.taskQueue);

  const requestedBy = options.by ?? userName(context.env);
  const order = { customer: slug, kind: 'dry', requestedBy, ...(mapping === undefined ? {} : { mapping }) } as const;
  const followed = await followRun(() => startRun(client, config.taskQueue, order, randomUUID()), output);
  const run = await finishedRun(database, slug, followed);
  const report = await readReport(database, run, {
    changes: options.changes === true ? ALL : FIRST,
    warnings: options.csv === undefined && !output.json ? FIRST : ALL,
  });
  if (options.csv !== undefined) await writeWarnings(options.csv, warningsCsv(report.warnings));
  output.answer(report, () =>
    renderText({ ...report, warnings: report.warnings.slice(0, FIRST) }, output.paint, output.width),
  );
  if (options.csv !== undefined) output.note(`The warnings are in ${options.csv}.`);
  return exitCodeOf(report, followed);
}

async function writeWarnings(path: string, csv: string): Promise<void> {
  await writeFile(path, `${BYTE_ORDER_MARK}${csv}`).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}
