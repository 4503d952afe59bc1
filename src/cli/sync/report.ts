import { renderHtml } from '../../report/html.js';
import { renderMarkdown } from '../../report/markdown.js';
import { renderText } from '../../report/text.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import type { Run } from '../../store/prisma/client.js';
import { findRun } from '../../store/runs.js';
import type { Context } from '../context.js';
import { WrongUsage } from '../errors.js';
import type { FORMATS, ReportOptions } from './reading-commands.js';
import { NoRun } from './finished-run.js';
import { readReport } from './read-report.js';
import { changesAsCsv, reportAsJson, warningsAsCsv } from './report-pieces.js';
import { writePieces } from './write-pieces.js';

/** A page that a browser or a ticket still shows well; CSV and JSON hold all. */
const SHOWN = { changes: 2_000, warnings: 2_000 };

/** `sync report` */
export async function reportSync(context: Context, slug: string, options: ReportOptions): Promise<void> {
  const { output } = context;
  const format = options.format ?? (output.json ? 'json' : 'text');
  if (options.warnings === true && format !== 'csv') throw new WrongUsage('--warnings belongs to --format csv.');
  const database = await context.database();
  await readCustomer(database, slug);
  const run = await findRun(database, slug, options.run ?? null);
  if (run === null) throw new NoRun(slug, options.run ?? null);
  const pieces = toPieces(context, database, run, format, options);
  await writePieces(output, pieces, options.out ?? null, format);
}

function toPieces(
  { output }: Context,
  database: Database,
  run: Run,
  format: (typeof FORMATS)[number],
  { warnings, out }: ReportOptions,
): AsyncIterable<string> {
  const whole = async () => readReport(database, run, SHOWN);
  switch (format) {
    case 'csv':
      return warnings === true ? warningsAsCsv(database, run) : changesAsCsv(database, run);
    case 'json':
      return reportAsJson(database, run);
    case 'html':
      return once(async () => renderHtml(await whole()));
    case 'markdown':
      return once(async () => renderMarkdown(await whole()));
    case 'text':
      return once(
        async () => `${renderText(await whole(), out === undefined ? output.paint : undefined, output.width)}\n`,
      );
  }
}

async function* once(make: () => Promise<string>): AsyncGenerator<string> {
  yield await make();
}
