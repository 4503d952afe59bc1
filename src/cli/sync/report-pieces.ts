import { changesCsv, warningsCsv } from '../../report/csv.js';
import { toReportedChange } from '../../report/reported-change.js';
import type { ReportedChange } from '../../report/run-report.js';
import type { Database } from '../../store/database.js';
import type { Run } from '../../store/prisma/client.js';
import { readChangeRows } from '../../store/report-rows.js';
import { toCustomerId } from '../../sync/ids.js';
import { readReport } from './read-report.js';

const PAGE = 2_000;
const ALL = Number.MAX_SAFE_INTEGER;

/** Every change of a run, page by page: a first sync of a large customer has millions. */
export async function* changesAsCsv(database: Database, run: Run): AsyncGenerator<string> {
  yield changesCsv([], true);
  for await (const page of changePages(database, run)) yield changesCsv(page, false);
}

export async function* warningsAsCsv(database: Database, run: Run): AsyncGenerator<string> {
  const { warnings } = await readReport(database, run, { changes: 0, warnings: ALL });
  yield warningsCsv(warnings);
}

/** One JSON object; its changes are written page by page. */
export async function* reportAsJson(database: Database, run: Run): AsyncGenerator<string> {
  const { changes: _, ...report } = await readReport(database, run, { changes: 0, warnings: ALL });
  yield `${JSON.stringify(report, null, 2).slice(0, -2)},\n  "changes": [`;
  let separator = '\n    ';
  for await (const page of changePages(database, run)) {
    for (const change of page) {
      yield `${separator}${JSON.stringify(change)}`;
      separator = ',\n    ';
    }
  }
  yield '\n  ]\n}\n';
}

async function* changePages(database: Database, run: Run): AsyncGenerator<readonly ReportedChange[]> {
  const customer = toCustomerId(run.customerId);
  for (let after = 0; ;) {
    const rows = await readChangeRows(database, customer, run.id, { after, limit: PAGE });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(toReportedChange);
    after = last.seq;
  }
}
