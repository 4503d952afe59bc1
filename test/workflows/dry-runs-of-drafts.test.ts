import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveMapping } from '../../src/store/mappings.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 30);
const guarded = (percent: number) =>
  MAPPING.replace(
    /guards:[\s\S]*/,
    `guards:\n  suspensions: { percent: 100 }\n  delivery:\n    shrink: { percent: ${percent}, floor: 2 }\n`,
  );

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(guarded(20));
  await world.startWorker();
  await world.deliver(csvOf(everybody));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
});

afterAll(() => world.close());

async function run() {
  return (await world.start('live')).result();
}

async function draft(document: string): Promise<number> {
  const draft = { customer: world.customer, document, importedBy: 'test', comment: '' };
  return saveMapping(world.database, draft);
}

async function dryRunOf(mapping: number) {
  return (await world.start('dry', { mapping })).result();
}

function present(): number {
  return world.network().people.filter(({ xid, active }) => xid !== null && active).length;
}

test('a dry run of a version that allows more takes in no delivery that the active one refuses', async () => {
  await world.deliver(csvOf(everybody.slice(0, 15)));
  const refused = { status: 'rejected', problem: expect.stringMatching(/15 rows, 15 fewer/) as unknown };
  expect(await dryRunOf(await draft(guarded(90)))).toMatchObject(refused);
  expect(await run()).toMatchObject(refused);
  expect(present()).toBe(30);

  await world.deliver(csvOf(everybody.slice(0, 25)));
  expect(await dryRunOf(await draft(guarded(10)))).toMatchObject({ status: 'rejected' });
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(present()).toBe(25);
});

test('a version with another id shows what it would do, and the active one finds its record as it was', async () => {
  const people = everybody.slice(0, 25);
  const other = await draft(guarded(20).replace('externalId: Id', 'externalId: Mail'));
  const shown = await dryRunOf(other);
  expect(shown).toMatchObject({ status: 'done', done: 0 });
  expect(await plannedOf(shown.run)).toMatchObject({ suspend: 25, create: 25 });
  expect(await run()).toMatchObject({ status: 'done', done: 0, held: 0 });

  await world.deliver(csvOf(people.map((person) => ({ ...person, title: 'Cook' }))));
  expect(await plannedOf((await dryRunOf(other)).run)).toMatchObject({ suspend: 25, create: 25 });
  const result = await run();
  expect(result).toMatchObject({ status: 'done', failed: 0, held: 0, done: 25 });
  expect(await plannedOf(result.run)).toEqual({ update: 25 });
  expect(present()).toBe(25);
});

async function plannedOf(run: number): Promise<Readonly<Record<string, number>>> {
  const { rows } = await world.database.pool.query<{ kind: string; count: number }>(
    'SELECT c.kind, count(*) FROM change c JOIN run r ON r.id = c.run_id WHERE r.number = $1 GROUP BY c.kind',
    [run],
  );
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}
