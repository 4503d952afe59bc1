import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTestClock } from '../../src/store/test-clock.js';
import { planMoment } from '../../src/store/waits.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

interface Dated extends MadeUpPerson {
  readonly start?: string;
  readonly leave?: string;
}

let world: World;
let passed = 0;
const record = new Map<string, Dated>(madeUpPeople(1, 12).map((one) => [one.id, one]));

beforeAll(async () => {
  world = await openWorld({ hasClock: true });
  // It is the middle of the day at the customer: no test goes on past midnight.
  await world.database.pool.query(`UPDATE customer SET time_zone = $1`, [zoneWhereItIsNoon()]);
  await world.useMapping(
    `startDate: { column: Start }\nleaveDate: { column: Leave, format: D-M-YYYY }\n${MAPPING.trim()}\n`,
  );
  await world.startWorker();
  await deliver();
  expect(await run('newest')).toMatchObject({ status: 'done', failed: 0 });
});

afterAll(() => world.close());

function zoneWhereItIsNoon(): string {
  const ahead = new Date().getUTCHours() - 12;
  return `Etc/GMT${ahead < 0 ? '' : '+'}${ahead}`;
}

/** So many days from today. */
async function inDays(days: number): Promise<string> {
  const { today } = await planMoment(world.database, world.customer);
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

/** As the customer's column has it: `1-12-2036`. */
async function lastDayIn(days: number): Promise<string> {
  const [year, month, day] = (await inDays(days)).split('-').map(Number);
  return `${day}-${month}-${year}`;
}

async function daysPass(days: number): Promise<void> {
  passed += days;
  await setTestClock(world.database, passed);
}

/** The whole record, in which these people are new or different. */
async function deliver(...changed: readonly Dated[]): Promise<void> {
  for (const one of changed) record.set(one.id, one);
  const people = [...record.values()];
  const [header = '', ...rows] = csvOf(people).trimEnd().split('\r\n');
  const dated = rows.map((row, at) => `${row};${people[at]?.start ?? ''};${people[at]?.leave ?? ''}`);
  await world.deliver([`${header};Start;Leave`, ...dated, ''].join('\r\n'));
}

/** By itself with the delivery that was taken last: then nothing but time makes people due. */
async function run(delivery: 'newest' | 'last' = 'last') {
  return (await world.start('live', { delivery })).result();
}

async function examined(): Promise<number | undefined> {
  const plan = await world.database.prisma.plan.findFirst({ orderBy: { runId: 'desc' } });
  return plan?.examined;
}

function person(id: string) {
  return world.network().people.find(({ xid }) => xid === id);
}

async function reasonOf(id: string, kind: string): Promise<string | undefined> {
  const { rows } = await world.database.pool.query<{ rule: string }>(
    `SELECT change->'reason'->>'rule' AS rule FROM change
     WHERE xid = $1 AND kind = $2 AND status = 'done' AND run_id = (SELECT max(id) FROM run)`,
    [id, kind],
  );
  return rows[0]?.rule;
}

function letters(id: string): number {
  return world.network().invitations.filter(({ xid }) => xid === id).length;
}

test('feature 6: whoever starts later has no account before that day, and gets account, groups and letter on it', async () => {
  await deliver({ id: '21', start: await inDays(3) });
  expect(await run('newest')).toMatchObject({ status: 'done', done: 0 });
  expect(person('21')).toBeUndefined();

  await daysPass(2);
  expect(await run()).toMatchObject({ status: 'done', done: 0 });
  expect(await examined()).toBe(0);
  expect(person('21')).toBeUndefined();

  await daysPass(1);
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(await examined()).toBe(1);
  expect(person('21')).toMatchObject({ active: true, invited: true });
  expect(person('21')?.groups.map(({ name }) => name)).toContain('Unit 0');
  expect(letters('21')).toBe(1);
});

test('feature 6: whoever leaves stays for the whole last day, and is suspended on the day after', async () => {
  await deliver({ id: '5', leave: await lastDayIn(2) });
  expect(await run('newest')).toMatchObject({ status: 'done', done: 0 });

  await daysPass(2);
  expect(await run()).toMatchObject({ status: 'done', done: 0 });
  expect(person('5')).toMatchObject({ active: true });

  await daysPass(1);
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(await examined()).toBe(1);
  expect(person('5')).toMatchObject({ active: false });
  expect(await reasonOf('5', 'suspend')).toBe('leaveDate');
});

test('feature 6: a last day that is moved while it is waited for is the one that counts', async () => {
  await deliver({ id: '6', leave: await lastDayIn(1) });
  await run('newest');
  await deliver({ id: '6', leave: await lastDayIn(4) });
  await run('newest');

  await daysPass(2);
  await run();
  expect(person('6')).toMatchObject({ active: true });
  await daysPass(3);
  await run();
  expect(person('6')).toMatchObject({ active: false });
});

test('feature 6: whoever starts and leaves between two deliveries comes and goes by time alone', async () => {
  await deliver({ id: '22', start: await inDays(1), leave: await lastDayIn(3) });
  await run('newest');
  expect(person('22')).toBeUndefined();

  await daysPass(1);
  await run();
  expect(person('22')).toMatchObject({ active: true });

  await daysPass(3);
  await run();
  expect(person('22')).toMatchObject({ active: false });
  expect(letters('22')).toBe(1);
});

test('who has left before they were ever seen gets no account', async () => {
  await deliver({ id: '23', leave: await lastDayIn(-1) });
  expect(await run('newest')).toMatchObject({ status: 'done', done: 0 });
  await daysPass(1);
  await run();
  expect(person('23')).toBeUndefined();
});
