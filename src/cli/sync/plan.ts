import { writeFile } from 'node:fs/promises';
import { BYTE_ORDER_MARK, warningsCsv } from '../../report/csv.js';
import { wasPlanned } from '../../report/headline.js';
import { renderPayload, type Payload } from '../../report/payload-text.js';
import { renderRequests, type ReportedRequests } from '../../report/request-words.js';
import type { RunReport } from '../../report/run-report.js';
import { renderText } from '../../report/text.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { activeMapping, mappingVersion } from '../../store/mappings.js';
import type { Run } from '../../store/prisma/client.js';
import { toCustomerId, type Xid } from '../../sync/ids.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { readXid } from '../person/known-person.js';
import { unwritable } from '../read-file.js';
import { userName } from '../user-name.js';
import { followToReport, runStarter } from './follow-to-report.js';
import { pilotOf } from './pilot.js';
import type { PlanOptions } from './run-commands.js';
import { payloadOf } from './payload.js';
import { planRequests } from './plan-requests.js';

const FIRST = 20;
const ALL = Number.MAX_SAFE_INTEGER;

/** `sync plan`: a dry run through Temporal, and what a live one would do. */
export async function planSync(context: Context, slug: string, options: PlanOptions): Promise<ExitCode> {
  const { output } = context;
  const database = await context.database();
  await readCustomer(database, slug);
  const { mapping } = options;
  const xid = options.payload === undefined ? null : readXid(options.payload);
  await (mapping === undefined ? activeMapping(database, slug) : mappingVersion(database, slug, mapping));
  const start = await runStarter(context);

  const requestedBy = options.by ?? userName(context.env);
  const only = await pilotOf(database, toCustomerId(slug), requestedBy, options);
  const ofVersion = mapping === undefined ? {} : { mapping };
  const order = { customer: slug, kind: 'dry', requestedBy, ...ofVersion, ...only } as const;
  const { run, report, exitCode } = await followToReport(context, start, order, {
    changes: options.changes === true ? ALL : FIRST,
    warnings: options.csv === undefined && !output.json ? FIRST : ALL,
  });
  if (options.csv !== undefined) await writeWarnings(options.csv, warningsCsv(report.warnings));
  const more = await beyondTheReport(context, database, run, report, xid);
  output.answer({ ...report, ...more }, () =>
    [
      renderText({ ...report, warnings: report.warnings.slice(0, FIRST) }, output.paint, output.width),
      ...(more.requests === null ? [] : [renderRequests(more.requests, output.paint)]),
      ...(more.payload === undefined ? [] : [renderPayload(more.payload, output.paint)]),
    ].join('\n\n'),
  );
  if (options.csv !== undefined) output.note(`The warnings are in ${options.csv}.`);
  return exitCode;
}

interface BeyondTheReport {
  /** null: there is no plan. */
  readonly requests: ReportedRequests | null;
  readonly payload?: Payload;
}

/** What only a plan can say: the requests of a live run, and what would be sent for one person. */
async function beyondTheReport(
  { config: { batchSize } }: Context,
  database: Database,
  run: Run,
  report: RunReport,
  xid: Xid | null,
): Promise<BeyondTheReport> {
  if (!wasPlanned(report)) return { requests: null };
  const requests = await planRequests(database, run, { batchSize, isHeld: report.held.length > 0 });
  return xid === null ? { requests } : { requests, payload: await payloadOf(database, run, xid) };
}

async function writeWarnings(path: string, csv: string): Promise<void> {
  await writeFile(path, `${BYTE_ORDER_MARK}${csv}`).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}
