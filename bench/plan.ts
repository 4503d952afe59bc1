import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CopyWriter, toJsonb } from '../src/store/copy.js';
import { inTransaction, type Database } from '../src/store/database.js';
import type { CustomerId } from '../src/sync/ids.js';
import { compileMapping } from '../src/sync/mapping/compile.js';
import { parseMapping } from '../src/sync/mapping/parse.js';
import { mapRows } from '../src/sync/desired/map-rows.js';
import { startRun } from '../src/temporal/runs.js';
import type { RunResult } from '../src/workflows/messages.js';
import { secondsOf, secondsOfSteps } from './alone.js';
import { ADOBE_SECONDS, STEPS, stepFigures, withRate, type StepSeconds } from './steps.js';
import { readHistory, secondsOver, type History } from './history.js';
import type { BenchCustomer, Place, Stack } from './place.js';
import { MAPPING, recordsOf, writeRoster, type Roster } from './roster.js';
import type { Figure } from './results.js';
import type { WorkerProcess } from './worker-process.js';

export type Size = '10k' | '100k' | '1m';

const PEOPLE: Readonly<Record<Size, number>> = { '10k': 10_000, '100k': 100_000, '1m': 1_000_000 };
const RUNS = 3;

const PARTS = ['fetch', 'stage', 'plan'] as const;

export function planFigures(size: Size): readonly string[] {
  const changed = PARTS.flatMap((part) => [`changed-${part}`, `changed-${part}-rate`]);
  const steps = STEPS.flatMap((step) => [`step-${size}-${step}`, `step-${size}-${step}-rate`]);
  const parts = ['changed', 'unchanged', ...changed, 'changed-rate', 'first-stage'].map(
    (part) => `plan-${size}-${part}`,
  );
  return [...parts, ...steps, `worker-rss-${size}`, ...(size === '100k' ? ['plan-100k'] : [])];
}

/** Dry runs through Temporal, by a worker in a process of its own: the times are those of Temporal's history. */
export async function measurePlan(place: Place, size: Size): Promise<readonly Figure[]> {
  const stack = await place.stack();
  const people = PEOPLE[size];
  const days = [0, 1].map((day) => join(stack.folder, `roster-${size}-${day}.csv`));
  const [before = '', after = ''] = days;
  place.say(`  writing two rosters of ${people.toLocaleString('en')} people`);
  await writeRoster(before, { people, day: 0 });
  await writeRoster(after, { people, day: 1 });
  const customer = await stack.addCustomer(`bench-${size}`, { mapping: MAPPING });
  try {
    return await measureDays(place, stack, { size, people, before, after, customer });
  } finally {
    for (const path of days) await rm(path, { force: true });
  }
}

interface Days {
  readonly size: Size;
  readonly people: number;
  readonly before: string;
  readonly after: string;
  readonly customer: BenchCustomer;
}

async function measureDays(place: Place, stack: Stack, days: Days): Promise<readonly Figure[]> {
  const { people, before, after } = days;
  const { customer } = days.customer;
  const { database } = stack;
  place.say('  day 0: everybody has an account already');
  await seedLinks(database, customer, { people, day: 0 });
  const first = await dryRun(stack, customer, before);
  await expectPlanned(database, first, 0);
  // A day later nobody of the first day is due any more, and autovacuum has been there.
  await forgetDue(database, customer);
  await database.pool.query('VACUUM ANALYZE');

  const worker = await stack.startWorker();
  const measured = {
    ...{ hash: [] as number[], unchanged: [] as number[], copy: [] as number[], changed: [] as History[] },
    steps: [] as StepSeconds[],
  };
  /** Nobody of an earlier day is due. */
  const quietRun = async (path: string) => {
    await forgetDue(database, customer);
    await quietDisk(database);
    return dryRun(stack, customer, path, worker);
  };
  try {
    for (let run = 1; run <= RUNS; run += 1) {
      place.say(`  run ${run} of ${RUNS}: the same file again, day 1, and back; each twice, the second time counts`);
      measured.hash.push(await secondsOf('floor', 'hash', before));
      await quietRun(before);
      measured.unchanged.push(secondsOver((await quietRun(before)).history, 'fetchDelivery'));
      measured.copy.push(await secondsOf('floor', 'copy', after, stack.databaseUrl));
      await quietRun(after);
      await quietRun(before);
      const changed = await quietRun(after);
      await expectPlanned(database, changed, people / 100);
      measured.changed.push(changed.history);
      await quietRun(before);
    }
    for (let run = 1; run <= RUNS; run += 1) measured.steps.push(await secondsOfSteps(before, after));
    return figuresOf(days, first.history, measured, await worker.peakMemory());
  } finally {
    await worker.stop();
  }
}

interface Measured {
  readonly hash: readonly number[];
  readonly unchanged: readonly number[];
  readonly copy: readonly number[];
  readonly changed: readonly History[];
  readonly steps: readonly StepSeconds[];
}

const WAY = ['fetchDelivery', 'stageDelivery', 'readStructure', 'makePlan'];

function figuresOf({ size, people }: Days, first: History, measured: Measured, peak: number): readonly Figure[] {
  const copy = { is: 'COPY of the same file, unlogged table', measured: measured.copy };
  const hash = { is: 'SHA-256 of the same file', measured: measured.hash };
  const part = (...names: readonly string[]) => measured.changed.map((history) => secondsOver(history, ...names));
  const whole = part(...WAY);
  return [
    {
      ...{ name: `plan-${size}-changed`, unit: 's', measured: whole, floor: copy },
      ...goalOf(size, { '1m': 2, '100k': null, '10k': null }, 'x COPY'),
    },
    {
      ...{ name: `plan-${size}-unchanged`, unit: 's', measured: measured.unchanged, floor: hash },
      ...goalOf(size, { '1m': 1.2, '100k': null, '10k': null }, 'x hash'),
    },
    ...withRate({ name: `plan-${size}-changed-fetch`, measured: part('fetchDelivery'), floor: hash }, people),
    ...withRate({ name: `plan-${size}-changed-stage`, measured: part('stageDelivery'), floor: copy }, people),
    ...withRate({ name: `plan-${size}-changed-plan`, measured: part('makePlan'), floor: copy }, people),
    ...stepFigures(size, measured.steps, people),
    ...(size === '100k' ? [besideAdobe(whole)] : []),
    { name: `plan-${size}-changed-rate`, unit: 'records/s', measured: whole.map((seconds) => people / seconds) },
    { name: `plan-${size}-first-stage`, unit: 's', measured: [secondsOver(first, 'stageDelivery')], floor: copy },
    {
      ...{ name: `worker-rss-${size}`, unit: 'MiB', measured: [peak] },
      floor: { is: 'what is allowed', measured: [512] },
      goal: { text: 'under 512 MiB', isHeld: (value) => value < 512 },
    },
  ];
}

function besideAdobe(measured: readonly number[]): Figure {
  return {
    ...{ name: 'plan-100k', unit: 's', measured },
    floor: { is: "Adobe's user-sync.py, plan only, measured once", measured: [ADOBE_SECONDS] },
    goal: { text: 'a tenth of its time', isHeld: (_, ratio) => ratio <= 0.1 },
  };
}

function goalOf(size: Size, limits: Readonly<Record<Size, number | null>>, unit: string): Pick<Figure, 'goal'> {
  const limit = limits[size];
  if (limit === null) return {};
  return { goal: { text: `at most ${limit} ${unit}`, isHeld: (_, ratio) => ratio <= limit } };
}

interface DryRun {
  readonly result: RunResult;
  readonly history: History;
}

let runs = 0;

export async function dryRun(
  stack: Stack,
  customer: CustomerId,
  path: string,
  running?: WorkerProcess,
): Promise<DryRun> {
  const worker = running ?? (await stack.startWorker());
  await worker.deliver(path);
  const order = { customer, kind: 'dry', delivery: 'newest', requestedBy: 'bench' } as const;
  const since = new Date();
  const run = await startRun(stack.client, stack.config.taskQueue, order, String((runs += 1)));
  const result = await run.result();
  const history = await readHistory(stack.client, run.workflowId, since);
  if (running === undefined) await worker.stop();
  return { result, history };
}

/** A run that did not do its work would be quick. */
async function expectPlanned({ pool }: Database, { result }: DryRun, people: number): Promise<void> {
  const { rows } = await pool.query<{ people: number }>(
    `SELECT count(DISTINCT xid) AS people FROM change JOIN run ON run.id = run_id
     WHERE run.id = (SELECT max(id) FROM run)`,
  );
  const planned = rows[0]?.people ?? 0;
  if (result.status === 'done' && planned === people) return;
  throw new Error(
    `A run planned changes for ${planned} people instead of ${people} (${result.status}, ${result.problem ?? 'no problem'}).`,
  );
}

/** Dry runs leave people due; every measured run is to find none. */
async function forgetDue({ pool }: Database, customer: CustomerId): Promise<void> {
  await pool.query('DELETE FROM due WHERE customer_id = $1', [customer]);
}

/** What was written before is not to be waited for by what is measured: the floor alone leaves as many bytes as the whole run. */
async function quietDisk({ pool }: Database): Promise<void> {
  await pool.query('CHECKPOINT');
  await promisify(execFile)('sync');
}

/** As if a first run had created everybody of this roster. */
export async function seedLinks(database: Database, customer: CustomerId, roster: Roster): Promise<void> {
  const parsed = parseMapping(MAPPING);
  if ('problems' in parsed) throw new Error('The mapping of the bench has problems.');
  const mapping = compileMapping(parsed.mapping);
  await inTransaction(database, async (connection) => {
    const target = 'link (customer_id, xid, state, user_name, scim_id, user_eid, written, invited_at)';
    const writer = new CopyWriter(connection, target);
    for (const record of recordsOf(roster)) {
      const outcome = mapRows(mapping, record.xid, [record]);
      if (outcome.kind !== 'active') continue;
      const { person } = outcome;
      const eid = record.row.toString(16).padStart(16, '0');
      const at = new Date(0).toISOString();
      await writer.write([customer, record.xid, 'active', person.userName, eid, eid, toJsonb(person), at]);
    }
    await writer.end();
  });
}
