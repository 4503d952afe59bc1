import { readCustomer } from '../../store/customers.js';
import type { Run } from '../../store/prisma/client.js';
import { readRelease } from '../../store/releases.js';
import { countsOfRun } from '../../store/run-counts.js';
import type { ActivityParts } from '../parts.js';
import { tellManager } from '../tell-manager.js';
import { optionsOf, type ReleaseRequest } from './request.js';

export interface WatchedRun {
  readonly run: number;
  readonly status: string;
  readonly words: string;
}

/** After the first days. A schedule that was paused meanwhile, by a person or by a run of failures, stays so. */
export async function letUsualLimitsHold(parts: ActivityParts, request: ReleaseRequest): Promise<void> {
  await parts.schedules.save(await scheduleOf(parts, request, null));
}

async function scheduleOf({ database }: ActivityParts, request: ReleaseRequest, limits: number | null) {
  const { id, dailyAt, timeZone } = await readCustomer(database, request.customer);
  return { customer: id, dailyAt, timeZone, limits };
}

export function createDailyActivities(parts: ActivityParts) {
  const { database, schedules } = parts;

  return {
    /** From now on the network follows the record every day, at first with tighter limits. Answers the newest run so far. */
    async switchOnDaily(request: ReleaseRequest): Promise<{ readonly words: string; readonly after: number }> {
      const release = await readRelease(database, request.customer, request.number);
      const { watchLimits, watchRuns } = optionsOf(release);
      const after = (await newestRun(request.customer))?.number ?? 0;
      const limits = watchRuns > 0 && watchLimits < 100 ? watchLimits : null;
      const schedule = await scheduleOf(parts, request, limits);
      await schedules.switchOn(schedule, `released by release ${release.number}`);
      const words = `daily at ${schedule.dailyAt}, ${schedule.timeZone}`;
      return { words: limits === null ? words : `${words}, with ${limits} % of the limits at first`, after };
    },

    loosenDaily: (request: ReleaseRequest) => letUsualLimitsHold(parts, request),

    /** Live runs for everybody that ended after another one, the oldest first; each is reported to the project manager by mail. */
    async watchDaily({
      after,
      most,
      ...request
    }: ReleaseRequest & { readonly after: number; readonly most: number }): Promise<{
      readonly runs: readonly WatchedRun[];
    }> {
      const release = await readRelease(database, request.customer, request.number);
      const runs = await database.prisma.run.findMany({
        where: {
          ...{ customerId: request.customer, number: { gt: after }, kind: 'live', pilotId: null, reconciles: false },
          ...{ undoes: null, status: { notIn: ['running', 'waiting'] } },
        },
        orderBy: { number: 'asc' },
        take: most,
      });
      const watched: WatchedRun[] = [];
      for (const run of runs) {
        const words = await wordsOf(run);
        await tell(run, release.id, words);
        watched.push({ run: run.number, status: run.status, words });
      }
      return { runs: watched };
    },
  };

  function newestRun(customer: string) {
    return database.prisma.run.findFirst({ where: { customerId: customer }, orderBy: { number: 'desc' } });
  }

  async function wordsOf(run: Run): Promise<string> {
    const counts = await countsOfRun(database, run);
    const of = (...statuses: readonly string[]): number =>
      counts.filter(({ status }) => statuses.includes(status)).reduce((sum, { changes }) => sum + changes, 0);
    const problem = run.problem === null ? '' : ` ${run.problem}`;
    return `${run.status}: ${of('done')} changes done, ${of('failed', 'skipped')} failed, ${of('expired', 'refused', 'held')} not applied.${problem}`;
  }

  async function tell({ id, number, customerId }: Run, releaseId: number, words: string): Promise<void> {
    const about = `release/${releaseId}/watched/${id}`;
    await tellManager(parts, customerId, 'watched-run', about, (facts) => ({ ...facts, run: number, words }));
  }
}
