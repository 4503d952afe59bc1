import { randomUUID } from 'node:crypto';
import type { RunReport } from '../../report/run-report.js';
import type { Stack } from '../../stack/stack.js';
import { countPeople, type RunPeople } from '../../store/run-people.js';
import { activateMapping, listMappings } from '../../store/mappings.js';
import { listRuns } from '../../store/runs.js';
import { toCustomerId } from '../../sync/ids.js';
import { startRun } from '../../temporal/runs.js';
import type { Context } from '../context.js';
import { finishedRun } from '../sync/finished-run.js';
import { followRun } from '../sync/follow-run.js';
import { readReport } from '../sync/read-report.js';
import { sampleFile, type Sample } from './sample.js';
import { uploadTo } from './upload.js';

/** One day of the sample: a file is delivered and synced. */
interface Planned {
  readonly title: string;
  readonly file: string;
}

const FIRST_DAYS: readonly Planned[] = [
  { title: 'day 1', file: 'day-1.csv' },
  { title: 'day 2', file: 'day-2.csv' },
];

/** A day as it went. */
export interface Day {
  readonly title: string;
  /** Of the first two, which go as they were made; the later ones bring what the user left in the drop. */
  readonly isOfSample: boolean;
  readonly report: RunReport;
  readonly people: RunPeople;
}

/** The days that are still to come. After the first two, each start syncs what lies in the drop: a quiet day, or the user's own file. */
export async function* days(context: Context, stack: Stack, sample: Sample): AsyncGenerator<Day> {
  const database = await context.database();
  const live = (await listRuns(database, sample.slug, 1000)).filter(
    ({ kind, status }) => kind === 'live' && status === 'done',
  );
  const next = FIRST_DAYS.slice(live.length);
  for (const { title, file } of next) {
    context.output.note(`${title}: uploading ${file} to the drop, then syncing it.`);
    await upload(stack, sample, file);
    await useMapping(context, sample);
    yield { title, isOfSample: true, ...(await sync(context, sample)) };
  }
  if (next.length > 0) return;
  const title = `day ${live.length + 1}`;
  context.output.note(`${title}: syncing what lies in the drop.`);
  yield { title, isOfSample: false, ...(await sync(context, sample)) };
}

/**
 * The sample's mapping becomes active as any other: after a dry run of it, here on the file that was just uploaded. Drafts that
 * somebody tries beside an active one stay drafts.
 */
async function useMapping(context: Context, { slug }: Sample): Promise<void> {
  const database = await context.database();
  const versions = await listMappings(database, slug);
  const [newest] = versions;
  if (newest?.status !== 'draft' || versions.some(({ status }) => status === 'active')) return;
  const client = await context.temporal();
  const order = { customer: slug, kind: 'dry', requestedBy: 'demo', mapping: newest.version } as const;
  const start = () => startRun(client, context.config.taskQueue, order, randomUUID());
  await finishedRun(database, slug, await followRun(start, context.output));
  await activateMapping(database, toCustomerId(slug), newest.version, 'demo');
}

/** As the customer's HR system would, with the login that is printed. */
async function upload({ addresses }: Stack, { upload: login }: Sample, file: string): Promise<void> {
  if (addresses.drop === null) throw new Error('The stack has no drop.');
  const { userName: username, password } = login;
  await uploadTo(addresses.drop, { username, password }, sampleFile(file), 'woodgrove.csv');
}

async function sync(context: Context, { slug }: Sample): Promise<Omit<Day, 'title' | 'isOfSample'>> {
  const database = await context.database();
  const client = await context.temporal();
  const order = { customer: slug, kind: 'live', requestedBy: 'demo' } as const;
  const start = () => startRun(client, context.config.taskQueue, order, randomUUID());
  const run = await finishedRun(database, slug, await followRun(start, context.output));
  const report = await readReport(database, run, { changes: 0, warnings: 0 });
  return { report, people: await countPeople(database, run.id) };
}
