import { afterEach, beforeEach, expect, test } from 'vitest';
import { divideRecord } from '../../src/activities/release/divide.js';
import { partsOf, type NamedWish } from '../../src/release/waves.js';
import { USUAL, type ReleaseOptions } from '../../src/release/types.js';
import { saveContacts } from '../../src/store/contacts.js';
import { latestRelease, openRelease, wavesOf } from '../../src/store/releases.js';
import { countDue } from '../../src/store/due.js';
import { sayToRelease, startRelease, type StartedRelease } from '../../src/temporal/releases.js';
import { describeSchedule } from '../../src/temporal/schedule.js';
import type { ReleaseMessage, ReleaseMessageName, ReleaseProgress } from '../../src/workflows/release/messages.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { startWorkerProcess } from '../support/worker-process.js';
import { openWorld, type World } from '../support/world.js';

const everybody = madeUpPeople(1, 30);
const ALWAYS = { from: '00:00', until: '24:00' };
const WAVES: readonly NamedWish[] = [
  { name: 'pilot', whom: { kind: 'people', xids: ['2', '5'] } },
  { name: 'unit 1', whom: { kind: 'unit', units: ['unit 1'] } },
];

let world: World;

beforeEach(async () => {
  world = await openWorld();
  await saveContacts(world.database, world.customer, [
    contact('c-hr', 'customer', 'hr@customer.example'),
    contact('pm-1', 'speakap', 'pm@speakap.example'),
  ]);
  await world.useMapping(MAPPING);
});

afterEach(() => world.close());

function contact(id: string, side: 'customer' | 'speakap', email: string) {
  return { id, side, role: 'contact', name: id, email, approves: true, owns: [] } as const;
}

async function plan(options: Partial<ReleaseOptions> = {}, goLiveAt: Date | null = null, size = 100): Promise<number> {
  const { database, customer } = world;
  const { mappingVersion, waves } = await divideRecord(database, customer, WAVES);
  const all = { ...USUAL, day: ALWAYS, watchRuns: 1, perHour: 100_000, ...options };
  return openRelease(database, {
    ...{ customer, requestedBy: 'pm-1', mappingVersion, onboardingId: null, goLiveAt, options: all },
    waves: waves.map(({ name, xids }) => ({ name, parts: partsOf(xids, size) })),
  });
}

async function begin(number: number): Promise<StartedRelease> {
  const order = { customer: world.customer, number, lookEverySeconds: 1 };
  return startRelease(world.temporal.client, world.config.taskQueue, order);
}

function say(number: number, name: ReleaseMessageName, message: ReleaseMessage): Promise<string> {
  return sayToRelease(world.temporal.client, world.customer, number, name, message);
}

async function reached(
  release: StartedRelease,
  words: string,
  holds: (progress: ReleaseProgress) => boolean,
): Promise<ReleaseProgress> {
  let last: ReleaseProgress | null = null;
  await until(async () => {
    last = await release.progress().catch(() => null);
    return last !== null && holds(last);
  }, 90).catch(() => {
    throw new Error(`never ${words}: ${JSON.stringify(last)}`);
  });
  return last as unknown as ReleaseProgress;
}

async function completeChecklist(number: number, release: StartedRelease): Promise<void> {
  const { checklist } = await reached(release, 'checked', ({ checklist: items }) => items.length > 0);
  for (const { item, isOk } of checklist) {
    if (!isOk) await say(number, 'complete', { by: 'pm-1', item, comment: 'seen to by hand' });
  }
}

/** Both sides, for what is shown. */
async function approve(number: number, release: StartedRelease, after = 0): Promise<ReleaseProgress> {
  const progress = await reached(
    release,
    'asked',
    ({ step, shown }) => step === 'waiting for approval' && (shown?.plan ?? 0) > after,
  );
  const shown = progress.shown?.plan ?? 0;
  expect(await say(number, 'approve', { by: 'c-hr', plan: shown })).toContain('One approval');
  expect(await say(number, 'approve', { by: 'pm-1', plan: shown })).toContain('approved by both sides');
  return progress;
}

async function deliverAndTakeIn(people = everybody): Promise<void> {
  await world.deliver(csvOf(people));
  expect(await (await world.start('dry', { delivery: 'newest' })).result()).toMatchObject({ status: 'done' });
}

/** XIDs of the people who are active in the network. */
function active(): readonly number[] {
  const people = world.network().people.filter((person) => person.active && person.xid !== null);
  return people.map(({ xid }) => Number(xid)).sort((a, b) => a - b);
}

test('a pilot and two waves are activated one after the other, then the daily sync runs, and the customer accepts it', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const number = await plan({ approveBetween: true }, null, 12);
  const release = await begin(number);
  const { checklist } = await reached(release, 'checked', ({ checklist: items }) => items.length > 0);
  const open = checklist.filter(({ isOk }) => !isOk).map(({ item }) => item);
  expect(open).toEqual(['mapping', 'test']);
  expect(checklist.every(({ isOk, mend }) => isOk || mend !== null)).toBe(true);
  await expect(say(number, 'complete', { by: 'pm-1', item: 'mapping' })).rejects.toThrow(/says why/);
  await expect(say(number, 'complete', { by: 'nobody', item: 'mapping', comment: 'so' })).rejects.toThrow(/no contact/);
  await completeChecklist(number, release);

  const first = await reached(release, 'asked', ({ step }) => step === 'waiting for approval');
  expect(first.waves.map(({ name, part, people }) => `${name} ${part} ${people}`)).toEqual([
    'pilot 1 2',
    'unit 1 1 10',
    'everybody else 1 9',
    'everybody else 2 9',
  ]);
  expect(first.shown).toMatchObject({ kinds: { create: 30 } });
  expect(first.waves.map(({ approved }) => approved?.kinds['create'])).toEqual([2, 10, 9, 9]);
  await expect(say(number, 'approve', { by: 'c-hr', plan: 999 })).rejects.toThrow(/look at it first/);
  await say(number, 'approve', { by: 'c-hr' });
  await expect(say(number, 'approve', { by: 'c-hr' })).rejects.toThrow(/already/);
  expect(active()).toEqual([]);
  await say(number, 'approve', { by: 'pm-1' });

  const second = await approve(number, release, first.shown?.plan);
  expect(second.shown?.why).toContain('Wave 2, unit 1, is next');
  expect(active()).toEqual([2, 5]);
  const third = await approve(number, release, second.shown?.plan);
  expect(active()).toHaveLength(12);
  expect(third.shown?.why).toContain('Wave 3');

  await reached(release, 'watching', ({ step }) => step === 'watching the first days');
  expect(active()).toHaveLength(30);
  expect(await countDue(world.database, world.customer)).toBe(0);
  await until(async () => (await describeSchedule(world.temporal.client, world.customer))?.state.paused === false);
  const described = await describeSchedule(world.temporal.client, world.customer);
  expect(JSON.stringify(described?.action)).toContain('"limits":50');
  await expect(say(number, 'accept', { by: 'c-hr' })).rejects.toThrow(/nothing to accept yet/);

  await world.deliver(csvOf(everybody.slice(0, 29)));
  const daily = await (await world.start('live')).result();
  const watched = await reached(release, 'watched', ({ step }) => step === 'waiting for acceptance');
  expect(watched.watched).toMatchObject([{ run: daily.run }]);
  const mails = await world.database.prisma.mail.findMany({ where: { kind: 'watched-run' } });
  expect(mails).toMatchObject([{ contactId: 'pm-1', status: 'sent' }]);
  await until(
    async () =>
      !JSON.stringify((await describeSchedule(world.temporal.client, world.customer))?.action).includes('limits'),
  );
  await expect(say(number, 'accept', { by: 'pm-1' })).rejects.toThrow(/The customer accepts/);
  await say(number, 'accept', { by: 'c-hr', comment: 'thank you' });
  expect(await release.result()).toMatchObject({ outcome: 'accepted', finishedWaves: 3 });
  expect(await latestRelease(world.database, world.customer)).toMatchObject({ status: 'done', problem: null });
}, 240_000);

test('a release that is paused goes on with a fresh plan, and one that is stopped leaves finished waves as they are', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const number = await plan();
  const release = await begin(number);
  await completeChecklist(number, release);
  const fault = { network: world.networkEid, kind: 'slow', delayMs: 400, path: '/scim/*' } as const;
  world.sandbox.control.addFault(fault);
  await approve(number, release);
  await reached(release, 'in wave 2', ({ waves }) => waves[1]?.status === 'running');
  await until(() => active().length > 2);
  expect(await say(number, 'pause', { by: 'pm-1', comment: 'the phone rings' })).toContain('paused');
  const paused = await reached(release, 'interrupted', ({ waves }) => waves[1]?.status === 'interrupted');
  expect(paused.paused).toMatchObject({ by: 'pm-1' });
  const before = active().length;
  expect(before).toBeLessThan(12);
  world.sandbox.control.clearFaults();
  await expect(say(number, 'pause', { by: 'pm-1', comment: 'again' })).rejects.toThrow(/already/);
  world.sandbox.control.addFault({ ...fault, delayMs: 100 });
  await say(number, 'resume', { by: 'pm-1' });
  await reached(release, 'done with wave 2', ({ waves }) => waves[1]?.status === 'done');
  expect(active().length).toBeGreaterThanOrEqual(12);
  await expect(say(number, 'stop', { by: 'pm-1' })).rejects.toThrow(/says why/);
  expect(await say(number, 'stop', { by: 'pm-1', comment: 'the works council' })).toContain('finished waves stay');
  const result = await release.result();
  expect(result).toMatchObject({ outcome: 'stopped', finishedWaves: 2 });
  expect(result.problem).toContain('Stopped by pm-1: the works council');
  expect(result.problem).toContain('2 finished waves stay as they are');
  expect(active()).toEqual(expect.arrayContaining([1, 2, 4, 5, 28]));
  expect((await describeSchedule(world.temporal.client, world.customer))?.state.paused ?? true).toBe(true);
  await expect(say(number, 'resume', { by: 'pm-1' })).rejects.toThrow(/not under way/);
}, 240_000);

test('a fresh plan beyond the tolerance is asked about again instead of applied; who came since is in the last wave', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const number = await plan({ tolerance: { percent: 5, floor: 2 }, pauseMinutes: 0 });
  const release = await begin(number);
  await completeChecklist(number, release);
  const first = await reached(release, 'asked', ({ step }) => step === 'waiting for approval');
  await deliverAndTakeIn([...everybody, ...madeUpPeople(31, 36)]);
  await approve(number, release);
  const again = await reached(
    release,
    'asked again',
    ({ shown, step }) => step === 'waiting for approval' && shown?.why !== null,
  );
  expect(again.shown?.why).toContain('create: 24 instead of the approved 18, where 2 more or fewer are let through');
  expect(again.shown?.plan).toBeGreaterThan(first.shown?.plan ?? 0);
  expect(active()).toHaveLength(12);
  await expect(say(number, 'approve', { by: 'c-hr', plan: first.shown?.plan ?? 0 })).rejects.toThrow(
    /look at it first/,
  );
  await approve(number, release, first.shown?.plan);
  await reached(release, 'watching', ({ step }) => step === 'watching the first days');
  expect(active()).toHaveLength(36);
  await say(number, 'stop', { by: 'pm-1', comment: 'the test is over' });
  await release.result();
}, 240_000);

test('a go-live in the past is refused when it begins, and one that passes before the approval waits for a person', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const past = await plan({}, new Date(Date.now() - 60_000));
  const refused = await (await begin(past)).result();
  expect(refused).toMatchObject({ outcome: 'failed', finishedWaves: 0 });
  expect(refused.problem).toContain('is in the past');
  const number = await plan({}, new Date(Date.now() + 6_000));
  const release = await begin(number);
  await completeChecklist(number, release);
  await reached(
    release,
    'asked',
    ({ step, goLiveAt }) => step === 'waiting for approval' && Date.parse(goLiveAt ?? '') < Date.now(),
  );
  await approve(number, release);
  const late = await reached(release, 'late', ({ paused }) => paused !== null);
  expect(late.paused?.comment).toContain('was over when it was approved');
  expect(active()).toEqual([]);
  await say(number, 'resume', { by: 'pm-1' });
  await reached(release, 'in a wave', ({ waves }) => waves[0]?.status === 'done');
  await say(number, 'stop', { by: 'pm-1', comment: 'the test is over' });
  await release.result();
}, 240_000);

test('workers that are killed in a wave: the release comes to the same end, and nobody is there twice', async () => {
  const env = { USERSYNC_DROP_PUBLIC_ADDRESS: `${world.drop.host}:${world.drop.port}` };
  let worker = startWorkerProcess(world, env);
  await deliverAndTakeIn();
  const number = await plan({ watchRuns: 0 });
  const release = await begin(number);
  await completeChecklist(number, release);
  world.sandbox.control.addFault({ network: world.networkEid, kind: 'slow', delayMs: 150, path: '/scim/*' });
  await approve(number, release);
  for (const wave of [0, 1, 2]) {
    await reached(release, `in wave ${wave + 1}`, ({ waves }) => waves[wave]?.status !== 'planned');
    await worker.kill();
    worker = startWorkerProcess(world, env);
  }
  world.sandbox.control.clearFaults();
  await reached(release, 'at its end', ({ step }) => step === 'waiting for acceptance');
  await say(number, 'accept', { by: 'c-hr' });
  expect(await release.result()).toMatchObject({ outcome: 'accepted', finishedWaves: 3 });
  expect(active()).toEqual(everybody.map(({ id }) => Number(id)));
  const waves = await wavesOf(world.database, (await latestRelease(world.database, world.customer)).id);
  expect(waves.every(({ run, endedAt }) => run !== null && endedAt !== null)).toBe(true);
  await worker.kill();
}, 300_000);
