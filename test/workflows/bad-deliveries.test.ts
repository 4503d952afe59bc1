import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 30);
const good = csvOf(everybody);

beforeAll(async () => {
  world = await openWorld();
  await world.startWorker();
});

afterAll(() => world.close());

function state(): string {
  return JSON.stringify(world.network().people);
}

test('without a mapping nothing is done, and the sentence says how to get one', async () => {
  await world.deliver(good);
  await expect((await world.start('live')).result()).rejects.toThrow();
  expect(await problemOfLastRun()).toMatch(/has no active mapping.*usersync mapping import/);
});

test('a good delivery is applied', async () => {
  await world.useMapping(MAPPING);
  await world.deliver(good);
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', failed: 0 });
  expect(world.network().people.filter(({ xid }) => xid !== null)).toHaveLength(30);
});

test('an equal delivery is a quiet day', async () => {
  await world.deliver(good);
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', done: 0 });
});

test('no file at all changes nothing', async () => {
  const before = state();
  const result = await (await world.start('live')).result();
  expect(result).toMatchObject({ status: 'rejected' });
  expect(result.problem).toMatch(/no .*\*\.csv/i);
  expect(state()).toBe(before);
});

const bad: readonly [string, string | Buffer, RegExp][] = [
  ['an empty file', '', /empty/],
  ['a header alone', good.slice(0, good.indexOf('\n') + 1), /no employee below/],
  ['a file without a mapped column', good.replace('Unit', 'Units'), /no column "Unit"\. Did you mean "Units"\?/],
  ['a file cut off in a row', good.slice(0, -30), /cut off/],
  ['a file cut off in a quote', good.slice(0, -60) + '"half', /cut off/],
  ['a workbook', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(400, 7)]), /Excel workbook is damaged/],
];

describe('feature 5: a delivery that cannot be used', () => {
  test.each(bad)('%s changes nothing, and the run says why', async (_, content, sentence) => {
    const before = state();
    await world.deliver(content);
    const result = await (await world.start('live')).result();
    expect(result).toMatchObject({ status: 'rejected', done: 0 });
    expect(result.problem).toMatch(sentence);
    expect(result.problem).toMatch(/Nothing was changed/);
    expect(state()).toBe(before);
  });
});

test('feature 15: bad rows are warned of by number, stop nobody else, and remove nobody', async () => {
  const lines = csvOf([...everybody, { id: '31' }]).split('\r\n');
  lines[3] = lines[3]?.replace(';Active', '') ?? '';
  lines[5] = `${lines[5]};surplus`;
  lines.splice(7, 0, ';No;Id;x@people.example;Unit 1;Department 1;Clerk;Active');
  await world.deliver(lines.join('\r\n'));
  expect(await (await world.start('live')).result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  const people = world.network().people.filter(({ xid, active }) => xid !== null && active);
  expect(people).toHaveLength(31);
  const { rows } = await world.database.pool.query<{ rows: number[] }>(
    `SELECT rows FROM run_warning WHERE stage = 'read' AND run_id = (SELECT max(id) FROM run) ORDER BY rows`,
  );
  expect(rows.map((warning) => warning.rows)).toEqual([[4], [6], [8]]);
});

async function problemOfLastRun(): Promise<string> {
  const { rows } = await world.database.pool.query<{ problem: string }>(
    'SELECT problem FROM run ORDER BY id DESC LIMIT 1',
  );
  return rows[0]?.problem ?? '';
}

beforeEach(() => {
  expect(world.sandbox.control.violations()).toEqual([]);
});
