import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startRun } from '../src/temporal/runs.js';
import { secondsOf } from './alone.js';
import { readHistory, secondsOver, spanOf, type History } from './history.js';
import type { BenchCustomer, Place, Stack } from './place.js';
import { MAPPING, writeRoster, type Roster } from './roster.js';
import type { Figure } from './results.js';
import type { WorkerProcess } from './worker-process.js';

export const applyFigures = [
  ...['apply-unlimited', 'apply-unlimited-first', 'apply-limited', 'apply-limited-most-in-10s'],
  ...['events-10k-changes', 'run-10k-changes'],
];

const PEOPLE = 10_000;
/** Requests a second that the limited network allows, and the seconds that its run takes. */
const LIMIT = 100;
const LIMITED_SECONDS = 40;

/** Live runs through Temporal, against a sandbox in another process. */
export async function measureApply(place: Place): Promise<readonly Figure[]> {
  const stack = await place.stack();
  const worker = await stack.startWorker();
  try {
    return [...(await measureUnlimited(place, stack, worker)), ...(await measureLimited(place, stack, worker))];
  } finally {
    await worker.stop();
  }
}

async function measureUnlimited(place: Place, stack: Stack, worker: WorkerProcess): Promise<readonly Figure[]> {
  const { customer, url, token } = await stack.addCustomer('bench-apply', { mapping: MAPPING });
  place.say(`  a first sync of ${PEOPLE.toLocaleString('en')} people: created, joined, given roles, invited`);
  const first = await liveRun(stack, worker, customer, { people: PEOPLE, day: 0 });
  const rates: number[] = [];
  const floor: number[] = [];
  const histories: LiveRun[] = [];
  for (const day of [1, 0, 1] as const) {
    place.say(`  ${PEOPLE.toLocaleString('en')} people have another job title`);
    floor.push(PEOPLE / (await secondsOf('ask', url, token, String(PEOPLE))));
    const run = await liveRun(stack, worker, customer, { people: PEOPLE, day, difference: 'all' });
    histories.push(run);
    rates.push(run.done / secondsOver(run.history, 'applyBatch', 'completeLinks'));
  }
  const plain = { is: 'plain requests to the sandbox, 8 at once', measured: floor };
  return [
    {
      ...{ name: 'apply-unlimited', unit: 'changes/s', measured: rates, floor: plain },
      goal: { text: 'at least 2,000 changes/s', isHeld: (value) => value >= 2_000 },
    },
    {
      ...{ name: 'apply-unlimited-first', unit: 'changes/s', floor: plain },
      measured: [first.done / secondsOver(first.history, 'applyBatch', 'completeLinks')],
    },
    {
      ...{ name: 'events-10k-changes', unit: 'events', measured: histories.map(({ history }) => history.events) },
      floor: { is: 'what is allowed', measured: [500] },
      goal: { text: 'under 500', isHeld: (value) => value < 500 },
    },
    {
      ...{ name: 'run-10k-changes', unit: 's' },
      measured: histories.map(({ history }) => secondsOver(history, ...history.works.map(({ name }) => name))),
    },
  ];
}

/** All requests from the first change to the last, reads among them: what the network counts is what it allows. */
async function measureLimited(place: Place, stack: Stack, worker: WorkerProcess): Promise<readonly Figure[]> {
  const people = LIMIT * LIMITED_SECONDS;
  const { sandbox } = stack;
  const { customer, networkEid } = await stack.addCustomer('bench-limited', { mapping: MAPPING });
  place.say(`  ${people.toLocaleString('en')} people get their accounts, without a limit`);
  await liveRun(stack, worker, customer, { people, day: 0 });
  await sandbox.changeNetwork(networkEid, { requestsPerSecond: LIMIT });
  await stack.database.prisma.network.update({ where: { customerId: customer }, data: { requestsPerSecond: LIMIT } });
  await sandbox.clearRequests(networkEid);
  place.say(`  ${people.toLocaleString('en')} people have another job title, at ${LIMIT} requests a second`);
  const counts: { readonly at: number; readonly total: number }[] = [];
  const count = async () => {
    const { total } = await sandbox.requests(networkEid);
    counts.push({ at: Date.now(), total });
  };
  const timer = setInterval(() => void count(), 100);
  const run = await liveRun(stack, worker, customer, { people, day: 1, difference: 'all' }).finally(() =>
    clearInterval(timer),
  );
  const { mostInTenSeconds, requests } = await sandbox.requests(networkEid);
  if (requests.some(({ status }) => status === 429)) throw new Error('The sandbox refused requests as too many.');
  const [from, to] = spanOf(run.history, 'applyBatch');
  const during = counts.filter(({ at }) => at >= from && at <= to);
  const [first, last] = [during[0], during.at(-1)];
  if (first === undefined || last === undefined) throw new Error('Nothing was applied.');
  const rate = ((last.total - first.total) / (last.at - first.at)) * 1000;
  return [
    {
      ...{ name: 'apply-limited', unit: 'requests/s', measured: [rate] },
      floor: { is: 'what the network allows', measured: [LIMIT] },
      goal: { text: 'at least 95 % of the allowed rate', isHeld: (_, ratio) => ratio >= 0.95 },
    },
    {
      ...{ name: 'apply-limited-most-in-10s', unit: 'requests', measured: [mostInTenSeconds] },
      floor: { is: 'what the network allows in 10 s', measured: [LIMIT * 10] },
      goal: { text: 'never over the allowed rate', isHeld: (_, ratio) => ratio <= 1 },
    },
  ];
}

interface LiveRun {
  readonly done: number;
  readonly history: History;
}

let runs = 0;

async function liveRun(
  stack: Stack,
  worker: WorkerProcess,
  customer: BenchCustomer['customer'],
  roster: Roster,
): Promise<LiveRun> {
  const path = join(stack.folder, 'roster-live.csv');
  await writeRoster(path, roster);
  await worker.deliver(path);
  const order = { customer, kind: 'live', requestedBy: 'bench' } as const;
  const since = new Date();
  const run = await startRun(stack.client, stack.config.taskQueue, order, String((runs += 1)));
  const { status, done, failed, held, problem } = await run.result();
  if (status !== 'done' || failed + held > 0 || done < roster.people)
    throw new Error(`A live run ended as ${status} with ${done} done, ${failed} failed, ${held} held: ${problem}`);
  const history = await readHistory(stack.client, run.workflowId, since);
  await rm(path);
  return { done, history };
}
