import { WorkflowFailedError } from '@temporalio/client';
import type { RunReport } from '../../report/run-report.js';
import type { Database } from '../../store/database.js';
import type { Run } from '../../store/prisma/client.js';
import { findRun } from '../../store/runs.js';
import { CommandFailed } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Followed } from './follow-run.js';

/**
 * The run as it is kept. @throws what went wrong when the run had no number yet, or when it was lost out of sight: then
 * nothing is known of its end.
 */
export async function finishedRun(database: Database, slug: string, { number, error }: Followed): Promise<Run> {
  if (error !== null && !(error instanceof WorkflowFailedError)) throw error;
  const run = number === null ? null : await findRun(database, slug, number);
  if (run !== null) return run;
  if (error !== null) throw error;
  throw new NoRun(slug, number);
}

/** No run of this number, or none at all. */
export class NoRun extends CommandFailed {
  constructor(slug: string, number: number | null) {
    super(
      number === null
        ? `${slug} has had no run yet. "usersync sync plan ${slug}" makes a dry one.`
        : `${slug} has no run ${number}. "usersync sync list ${slug}" shows its runs.`,
    );
  }
}

/** A run that failed as a whole, then one that waits for a person, then one of which a part failed or was skipped. */
export function exitCodeOf({ run, held, counts }: RunReport, { error }: Followed): ExitCode {
  if (error !== null) return EXIT.failed;
  if (run.problem !== null || run.status === 'failed' || run.status === 'rejected' || run.status === 'canceled')
    return EXIT.failed;
  if (held.length > 0) return EXIT.needsDecision;
  return counts.failed + counts.skipped > 0 ? EXIT.failed : EXIT.ok;
}
