import { afterEach, beforeEach, expect, test } from 'vitest';
import { heldRun } from '../../src/cli/sync/held.js';
import { saveSelection } from '../../src/store/holds.js';
import { decide } from '../../src/temporal/runs.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 40);

beforeEach(async () => {
  world = await openWorld();
  await world.startWorker();
  await world.useMapping(MAPPING);
  await world.deliver(csvOf(everybody));
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', held: 0, failed: 0 });
});

afterEach(() => world.close());

async function useGuards(lines: string): Promise<void> {
  await world.useMapping(MAPPING.replace(/guards:[\s\S]*/, `guards:\n${lines}`));
}

async function startUntilHeld() {
  const run = await world.start('live');
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  return run;
}

function approve(decision: { kind?: 'create' | 'restore' | 'suspend' | 'join' } = {}, answer = true): Promise<string> {
  return decide(world.temporal.client, world.customer, { by: 'pm-1', ...decision }, answer);
}

function present(): readonly string[] {
  return world
    .network()
    .people.flatMap(({ xid, active }) => (xid !== null && active ? [xid] : []))
    .sort((a, b) => Number(a) - Number(b));
}

function titleOf(id: string): string | null | undefined {
  return world.network().people.find(({ xid }) => xid === id)?.profile.title;
}

test('feature 3: too many newcomers are held with everything that builds on their account, and come as a whole', async () => {
  await useGuards('  creations: { count: 5, floor: 5 }\n');
  await world.deliver(csvOf([{ id: '1', title: 'Baker' }, ...everybody.slice(1), ...madeUpPeople(41, 46)]));
  const run = await startUntilHeld();
  expect(present()).toHaveLength(40);
  expect(titleOf('1')).toBe('Baker');
  await expect(approve({ kind: 'join' })).rejects.toThrow('No change of the kind "join" is held. Held are: create.');
  await approve({ kind: 'create' });
  expect(await run.result()).toMatchObject({ status: 'done', held: 0, failed: 0, skipped: 0 });
  expect(present()).toHaveLength(46);
  const newcomer = world.network().people.find(({ xid }) => xid === '46');
  expect(newcomer).toMatchObject({ invited: true });
  expect(newcomer?.groups).toHaveLength(2);
});

test('feature 3: more accounts than usual are given back only when somebody approves, with all that belongs to them', async () => {
  await useGuards('  suspensions: { floor: 8 }\n');
  await world.deliver(csvOf(everybody.slice(0, 32)));
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', done: 8, failed: 0 });
  expect(present()).toHaveLength(32);
  const groupsOf40 = () => world.network().people.find(({ xid, active }) => xid === '40' && active)?.groups;

  await world.deliver(csvOf([{ id: '1', title: 'Baker' }, ...everybody.slice(1)]), 'as-of-old.csv');
  const run = await startUntilHeld();
  expect(present()).toHaveLength(32);
  expect(titleOf('1')).toBe('Baker');
  const { holds } = (await run.progress()) ?? {};
  expect(holds).toMatchObject([{ with: 'restore', people: 8 }]);
  expect(holds?.[0]?.guard).toMatch(
    /^8 of 32 managed people \(25\.0 %\) would get their account back, and 5 are allowed: 10 % or 200, whichever is fewer, and at least 5\. All restored accounts of this run are held/,
  );
  await approve({ kind: 'restore' });
  expect(await run.result()).toMatchObject({ status: 'done', held: 0, failed: 0 });
  expect(present()).toHaveLength(40);
  expect(groupsOf40()).toHaveLength(2);
});

test('by option nothing else is done before everything that is held is decided about', async () => {
  await useGuards('  suspensions: { count: 2, floor: 2 }\n  whenHeld: wait\n');
  await world.deliver(csvOf([{ id: '1', title: 'Baker' }, ...everybody.slice(1, 30), { id: '41' }]));
  const run = await startUntilHeld();
  expect(present()).toEqual(everybody.map(({ id }) => id));
  expect(titleOf('1')).toBe('Clerk');
  await approve({}, false);
  expect(await run.result()).toMatchObject({ status: 'done', failed: 0 });
  expect(present()).toHaveLength(41);
  expect(titleOf('1')).toBe('Baker');
});

test('"abort" holds everything of the run, groups included, until somebody approves', async () => {
  await useGuards('  abort: { percent: 10, floor: 2 }\n');
  await world.deliver(csvOf([...everybody.slice(0, 37), { id: '41', unit: 'New' }, { id: '42', unit: 'New' }]));
  const before = stateOfNetwork();
  const run = await startUntilHeld();
  expect(stateOfNetwork()).toBe(before);
  const { holds } = (await run.progress()) ?? {};
  expect(holds?.map((hold) => hold.with)).toEqual(['create_group', 'create', 'suspend']);
  await approve({ kind: 'create' });
  await until(async () => {
    const progress = await run.progress();
    return progress?.step === 'waiting for approval' && progress.holds?.length === 1;
  });
  expect(present()).toHaveLength(42);
  await approve();
  expect(await run.result()).toMatchObject({ status: 'done', held: 0, failed: 0, skipped: 0 });
  expect(present()).toHaveLength(39);
});

test('feature 4: held changes are decided about person by person, and no id of a person enters Temporal', async () => {
  await useGuards('  suspensions: { count: 2, floor: 2 }\n');
  await world.deliver(csvOf(everybody.slice(0, 35)));
  const run = await startUntilHeld();
  const { runId: id = 0, number = 0 } = (await run.progress()) ?? {};
  const choose = (...xids: string[]) =>
    saveSelection(world.database, { id, number }, { xids, by: 'pm-1', comment: 'they left' });
  await expect(choose('36', '1')).rejects.toThrow('Of the 2 people that were named, 1 have no held change');

  // Whoever names people on the command line means the run that waits, also when somebody looked at a plan since.
  await (await world.start('dry')).result();
  expect((await heldRun(world.database, world.customer, null)).number).toBe(number + 1);
  expect((await heldRun(world.database, world.customer, null, 'live')).number).toBe(number);

  const decideAbout = async (selection: number, yes: boolean) => {
    await decide(world.temporal.client, world.customer, { by: 'pm-1', selection, run: number }, yes);
    await until(async () => (await run.progress())?.approvals.some((each) => each.selection === selection) ?? false);
    await until(async () => (await run.progress())?.step === 'waiting for approval');
  };
  await decideAbout(await choose('36', '37'), true);
  await decideAbout(await choose('38'), false);
  expect(present()).toEqual(everybody.map(({ id: xid }) => xid).filter((xid) => xid !== '36' && xid !== '37'));
  expect((await run.progress())?.holds).toMatchObject([{ with: 'suspend', changes: 2, people: 2 }]);

  const wrongRun = decide(world.temporal.client, world.customer, { by: 'pm-1', run: number + 1 }, true);
  await expect(wrongRun).rejects.toThrow(
    `The decision is about run ${number + 1}, and the one that waits is run ${number}.`,
  );
  await approve();
  expect(await run.result()).toMatchObject({ status: 'done', done: 4, failed: 0, held: 0 });
  expect(present()).toHaveLength(36);
  expect(present()).toContain('38');
});

function stateOfNetwork(): string {
  const { people, groups } = world.network();
  return JSON.stringify({ people, groups });
}
