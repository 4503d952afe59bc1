import { afterEach, beforeEach, expect, test } from 'vitest';
import { countDue } from '../../src/store/due.js';
import { latestRelease, wavesOf } from '../../src/store/releases.js';
import { describeSchedule, pauseSchedule } from '../../src/temporal/schedule.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { ReleaseCourse } from '../support/release-course.js';
import { until } from '../support/until.js';
import { startWorkerProcess } from '../support/worker-process.js';
import { openWorld, type World } from '../support/world.js';

const everybody = madeUpPeople(1, 30);

let world: World;
let course: ReleaseCourse;

beforeEach(async () => {
  world = await openWorld();
  course = new ReleaseCourse(world);
  await course.saveContacts();
  await world.useMapping(MAPPING);
});

afterEach(() => world.close());

async function deliverAndTakeIn(people = everybody): Promise<void> {
  await world.deliver(csvOf(people));
  expect(await (await world.start('dry', { delivery: 'newest' })).result()).toMatchObject({ status: 'done' });
}

/** XIDs of the people who are active in the network. */
function active(): readonly number[] {
  const people = world.network().people.filter((person) => person.active && person.xid !== null);
  return people.map(({ xid }) => Number(xid)).sort((a, b) => a - b);
}

test('feature 25: a pilot and two waves are activated one after the other, then the daily sync runs, and the customer accepts it', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const release = await course.begin(await course.plan({ approveBetween: true, size: 12 }));
  const { checklist } = await release.reached('checked', ({ checklist: items }) => items.length > 0);
  const open = checklist.filter(({ isOk }) => !isOk).map(({ item }) => item);
  expect(open).toEqual(['mapping', 'test']);
  expect(checklist.every(({ isOk, mend }) => isOk || mend !== null)).toBe(true);
  await expect(release.say('complete', { by: 'pm-1', item: 'mapping' })).rejects.toThrow(/says why/);
  await expect(release.say('complete', { by: 'nobody', item: 'mapping', comment: 'so' })).rejects.toThrow(/no contact/);
  await release.completeChecklist();

  const first = await release.reached('asked', ({ step }) => step === 'waiting for approval');
  expect(first.waves.map(({ name, part, people }) => `${name} ${part} ${people}`)).toEqual([
    'pilot 1 2',
    'unit 1 1 10',
    'everybody else 1 9',
    'everybody else 2 9',
  ]);
  expect(first.shown).toMatchObject({ kinds: { create: 30 } });
  expect(first.waves.map(({ approved }) => approved?.kinds['create'])).toEqual([2, 10, 9, 9]);
  await expect(release.say('approve', { by: 'c-hr', plan: 999 })).rejects.toThrow(/look at it first/);
  await release.say('approve', { by: 'c-hr' });
  await expect(release.say('approve', { by: 'c-hr' })).rejects.toThrow(/already/);
  expect(active()).toEqual([]);
  await release.say('approve', { by: 'pm-1' });

  const second = await release.approve(first.shown?.plan);
  expect(second.shown?.why).toContain('Wave 2, unit 1, is next');
  expect(active()).toEqual([2, 5]);
  const third = await release.approve(second.shown?.plan);
  expect(active()).toHaveLength(12);
  expect(third.shown?.why).toContain('Wave 3');

  await release.reached('watching', ({ step }) => step === 'watching the first days');
  expect(active()).toHaveLength(30);
  expect(await countDue(world.database, world.customer)).toBe(0);
  await until(async () => (await describeSchedule(world.temporal.client, world.customer))?.state.paused === false);
  const described = await describeSchedule(world.temporal.client, world.customer);
  expect(JSON.stringify(described?.action)).toContain('"limits":50');
  await expect(release.say('accept', { by: 'c-hr' })).rejects.toThrow(/nothing to accept yet/);

  await world.deliver(csvOf(everybody.slice(0, 29)));
  const daily = await (await world.start('live')).result();
  const watched = await release.reached('watched', ({ step }) => step === 'waiting for acceptance');
  expect(watched.watched).toMatchObject([{ run: daily.run }]);
  const mails = await world.database.prisma.mail.findMany({ where: { kind: 'watched-run' } });
  expect(mails).toMatchObject([{ contactId: 'pm-1', status: 'sent' }]);
  await until(
    async () =>
      !JSON.stringify((await describeSchedule(world.temporal.client, world.customer))?.action).includes('limits'),
  );
  await expect(release.say('accept', { by: 'pm-1' })).rejects.toThrow(/The customer accepts/);
  await release.say('accept', { by: 'c-hr', comment: 'thank you' });
  expect(await release.release.result()).toMatchObject({ outcome: 'accepted', finishedWaves: 3 });
  expect(await latestRelease(world.database, world.customer)).toMatchObject({ status: 'done', problem: null });
}, 240_000);

test('a schedule that was paused in the first days stays paused when the usual limits hold again', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const { client } = world.temporal;
  const release = await course.begin(await course.plan());
  await release.completeChecklist();
  await release.approve();
  await release.reached('watching', ({ step }) => step === 'watching the first days');
  const schedule = async () => describeSchedule(client, world.customer);
  await until(async () => (await schedule())?.state.paused === false);
  await pauseSchedule(client, world.customer, 'paused by run 9: most changes failed');
  await world.deliver(csvOf(everybody.slice(0, 29)));
  await (await world.start('live')).result();
  await release.reached('watched', ({ step }) => step === 'waiting for acceptance');
  await until(async () => !JSON.stringify((await schedule())?.action).includes('limits'));
  expect((await schedule())?.state).toMatchObject({ paused: true, note: 'paused by run 9: most changes failed' });
  await release.say('accept', { by: 'c-hr' });
  await release.release.result();
}, 240_000);

test('a release that is paused goes on with a fresh plan, and one that is stopped leaves finished waves as they are', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const release = await course.begin(await course.plan());
  await release.completeChecklist();
  const fault = { network: world.networkEid, kind: 'slow', delayMs: 700, path: '/scim/*' } as const;
  world.sandbox.control.addFault(fault);
  await release.approve();
  await release.reached('in wave 2', ({ waves }) => waves[1]?.status === 'running');
  await until(() => active().length > 2);
  expect(await release.say('pause', { by: 'pm-1', comment: 'the phone rings' })).toContain('paused');
  const paused = await release.reached('interrupted', ({ waves }) => waves[1]?.status === 'interrupted');
  expect(paused.paused).toMatchObject({ by: 'pm-1' });
  // The two of the pilot are done; of the ten of wave 2 something is left.
  expect(await countDue(world.database, world.customer)).toBeGreaterThan(18);
  world.sandbox.control.clearFaults();
  await expect(release.say('pause', { by: 'pm-1', comment: 'again' })).rejects.toThrow(/already/);
  world.sandbox.control.addFault({ ...fault, delayMs: 100 });
  await release.say('resume', { by: 'pm-1' });
  await release.reached('done with wave 2', ({ waves }) => waves[1]?.status === 'done');
  expect(active().length).toBeGreaterThanOrEqual(12);
  await expect(release.say('stop', { by: 'pm-1' })).rejects.toThrow(/says why/);
  expect(await release.say('stop', { by: 'pm-1', comment: 'the works council' })).toContain('finished waves stay');
  const result = await release.release.result();
  expect(result).toMatchObject({ outcome: 'stopped', finishedWaves: 2 });
  expect(result.problem).toContain('Stopped by pm-1: the works council');
  expect(result.problem).toContain('2 finished waves stay as they are');
  expect(active()).toEqual(expect.arrayContaining([1, 2, 4, 5, 28]));
  expect((await describeSchedule(world.temporal.client, world.customer))?.state.paused ?? true).toBe(true);
  await expect(release.say('resume', { by: 'pm-1' })).rejects.toThrow(/not under way/);
}, 240_000);

test('a fresh plan beyond the tolerance is asked about again instead of applied; who came since is in the last wave', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const release = await course.begin(await course.plan({ tolerance: { percent: 5, floor: 2 }, pauseMinutes: 0 }));
  await release.completeChecklist();
  const first = await release.reached('asked', ({ step }) => step === 'waiting for approval');
  await deliverAndTakeIn([...everybody, ...madeUpPeople(31, 36)]);
  await release.approve();
  const again = await release.reached(
    'asked again',
    ({ shown, step }) => step === 'waiting for approval' && shown?.why !== null,
  );
  expect(again.shown?.why).toContain('create: 24 instead of the approved 18, where 2 more or fewer are let through');
  expect(again.shown?.plan).toBeGreaterThan(first.shown?.plan ?? 0);
  expect(active()).toHaveLength(12);
  await expect(release.say('approve', { by: 'c-hr', plan: first.shown?.plan ?? 0 })).rejects.toThrow(
    /look at it first/,
  );
  await release.approve(first.shown?.plan);
  await release.reached('watching', ({ step }) => step === 'watching the first days');
  expect(active()).toHaveLength(36);
  const limits = async (): Promise<boolean> => {
    const described = await describeSchedule(world.temporal.client, world.customer);
    return JSON.stringify({ action: described?.action }).includes('limits');
  };
  await until(limits);
  await release.say('stop', { by: 'pm-1', comment: 'the test is over' });
  await release.release.result();
  // Nobody watches any more.
  await until(async () => !(await limits()));
}, 240_000);

test('a go-live in the past is refused when it begins, and one that passes before the approval waits for a person', async () => {
  await world.startWorker();
  await deliverAndTakeIn();
  const past = await course.plan({ goLiveAt: new Date(Date.now() - 60_000) });
  const refused = await (await course.begin(past)).release.result();
  expect(refused).toMatchObject({ outcome: 'failed', finishedWaves: 0 });
  expect(refused.problem).toContain('is in the past');
  const release = await course.begin(await course.plan({ goLiveAt: new Date(Date.now() + 6_000) }));
  await release.completeChecklist();
  await release.reached(
    'asked',
    ({ step, goLiveAt }) => step === 'waiting for approval' && Date.parse(goLiveAt ?? '') < Date.now(),
  );
  await release.approve();
  const late = await release.reached('late', ({ paused }) => paused !== null);
  expect(late.paused?.comment).toContain('was over when it was approved');
  expect(active()).toEqual([]);
  await release.say('resume', { by: 'pm-1' });
  await release.reached('in a wave', ({ waves }) => waves[0]?.status === 'done');
  await release.say('stop', { by: 'pm-1', comment: 'the test is over' });
  await release.release.result();
}, 240_000);

test('workers that are killed in a wave: the release comes to the same end, and nobody is there twice', async () => {
  const env = { USERSYNC_DROP_PUBLIC_ADDRESS: `${world.drop.host}:${world.drop.port}` };
  let worker = startWorkerProcess(world, env);
  await deliverAndTakeIn();
  const release = await course.begin(await course.plan({ watchRuns: 0 }));
  await release.completeChecklist();
  world.sandbox.control.addFault({ network: world.networkEid, kind: 'slow', delayMs: 150, path: '/scim/*' });
  await release.approve();
  for (const wave of [0, 1]) {
    await release.reached(`in wave ${wave + 1}`, ({ waves }) => waves[wave]?.status !== 'planned');
    await worker.kill();
    worker = startWorkerProcess(world, env);
  }
  world.sandbox.control.clearFaults();
  await release.reached('at its end', ({ step }) => step === 'waiting for acceptance');
  await release.say('accept', { by: 'c-hr' });
  expect(await release.release.result()).toMatchObject({ outcome: 'accepted', finishedWaves: 3 });
  expect(active()).toEqual(everybody.map(({ id }) => Number(id)));
  const waves = await wavesOf(world.database, (await latestRelease(world.database, world.customer)).id);
  expect(waves.every(({ run, endedAt }) => run !== null && endedAt !== null)).toBe(true);
  await worker.kill();
}, 300_000);
