import { personWords } from '../../report/change-words.js';
import { countByKind } from '../../report/kind-counts.js';
import { toReportedChange } from '../../report/reported-change.js';
import { summarise } from '../../report/run-counts.js';
import type { ReportedDelivery, ReportedWarning, RunReport } from '../../report/run-report.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { readGivenUp } from '../../store/given-up.js';
import type { Run, RunStatus, RunWarning, Snapshot } from '../../store/prisma/client.js';
import { readChangeRows, readHeldKinds, readWarningRows } from '../../store/report-rows.js';
import { detailsRemovedAt } from '../../store/retention.js';
import { countsOfRun } from '../../store/run-counts.js';
import { plannedSnapshot, readRunFacts } from '../../store/run-facts.js';
import { readRunPace } from '../../store/run-pace.js';
import { readRunSteps } from '../../store/run-steps.js';
import { toCustomerId } from '../../sync/ids.js';
import { runStatus } from './run-status.js';

/** How much of a run is read; the rest is counted. */
export interface Limits {
  readonly changes: number;
  readonly warnings: number;
}

const MOST_FAILURES = 1_000;

/** Gathers what a report says of a run. */
export async function readReport(database: Database, run: Run, limits: Limits): Promise<RunReport> {
  const { id, name, timeZone } = await readCustomer(database, run.customerId);
  const customer = toCustomerId(id);
  const counts = await countsOfRun(database, run);
  const kinds = countByKind(counts);
  const changes = await readChangeRows(database, customer, run.id, { limit: limits.changes });
  const failures = await readChangeRows(database, customer, run.id, { limit: MOST_FAILURES, status: 'failed' });
  const givenUp = await readGivenUp(database, customer, run.id, MOST_FAILURES);
  const { warnings, total } = await readWarningRows(database, run.id, limits.warnings);
  const snapshot = await plannedSnapshot(database, run);
  return {
    customer: { slug: id, name, timeZone },
    run: toReportedRun(run, runStatus(run, counts)),
    steps: await readRunSteps(database, run),
    pace: await readRunPace(database, run),
    delivery: snapshot && toDelivery(snapshot),
    counts: summarise(counts, await readRunFacts(database, run)),
    kinds,
    held: await readHeldKinds(database, run.id),
    changes: changes.map(toReportedChange),
    totalChanges: kinds.reduce((sum, { planned }) => sum + planned, 0),
    failures: failures.map(toReportedChange),
    givenUp: givenUp.rows.map(({ profile, ...row }) => ({ ...row, person: personWords(profile) })),
    totalGivenUp: givenUp.total,
    warnings: warnings.map(toWarning),
    totalWarnings: total,
  };
}

function toReportedRun(run: Run, status: RunStatus): RunReport['run'] {
  const { number, kind, requestedBy, undoes, reconciles, pilotId, asPlanned, frozenUntil } = run;
  const { startedAt, endedAt, mappingVersion, problem } = run;
  const removedAt = detailsRemovedAt(run.summary);
  return {
    ...{ number, kind, status, requestedBy, undoes, reconciles, pilotId, asPlanned, frozenUntil },
    ...{ startedAt, endedAt, mappingVersion, problem, removedAt },
  };
}

function toDelivery({ fileName, status, receivedAt, rows, people, badRows, reason }: Snapshot): ReportedDelivery {
  return { fileName, status, receivedAt, rows, people, badRows, reason };
}

function toWarning({ stage, code, xid, rows, column, text }: RunWarning): ReportedWarning {
  return { stage, code, xid, rows, column, text };
}
