import { log } from '@temporalio/activity';
import { causeBefore } from '../store/runs.js';
import type { Run } from '../store/prisma/client.js';
import type { ActivityParts } from './parts.js';
import { tellManager } from './tell-manager.js';

export interface Trouble {
  /** What went wrong, as one word that is the same every day: `TooManyFailures`, `shrink`. */
  readonly cause: string;
  /** The sentence for a person. */
  readonly problem: string;
}

/** More of the same is to be expected from the next run, so a person has to look first. */
const PAUSES: readonly string[] = ['TooManyFailures'];

/** A live run went wrong: the schedule is paused where the next run would do the same, and people are told once for each cause. */
export async function handleTrouble(parts: ActivityParts, run: Run, { cause, problem }: Trouble): Promise<void> {
  const isPaused = PAUSES.includes(cause);
  if (isPaused) {
    await parts.schedules.pause(
      run.customerId,
      `paused by run ${run.number}: ${problem} "usersync schedule resume ${run.customerId}" switches it on again.`,
    );
  }
  if ((await causeBefore(parts.database, run)) !== cause) await tell(parts, run, problem, isPaused);
}

async function tell(
  parts: ActivityParts,
  { id, number, customerId }: Run,
  problem: string,
  isPaused: boolean,
): Promise<void> {
  const mail = await tellManager(parts, customerId, 'run-trouble', `run/${id}/trouble`, (facts) => ({
    ...facts,
    run: number,
    problem,
    isPaused,
  }));
  if (mail !== null && mail.status !== 'sent')
    log.warn('Nobody could be told of a run that went wrong', { run: id, status: mail.status });
}
