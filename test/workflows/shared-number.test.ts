import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvOf, MAPPING, type MadeUpPerson } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

const BY_SMS = MAPPING.replace('jobTitle: Title', 'telephoneNumber: Title').replace('audience: email', 'audience: sms');
let world: World;

beforeAll(async () => {
  world = await openWorld();
  await world.useMapping(BY_SMS);
  await world.startWorker();
});

afterAll(() => world.close());

async function invite(numbers: Readonly<Record<string, string>>) {
  const people = Object.entries(numbers).map(([id, title]): MadeUpPerson => ({ id, title: `+3161234567${title}` }));
  await world.deliver(csvOf(people));
  await (await world.start('live')).result();
  const { rows } = await world.database.pool.query<{ xid: string; status: string; problem: string | null }>(
    `SELECT xid, status, problem FROM change WHERE kind = 'invite' AND run_id = (SELECT max(id) FROM run) ORDER BY xid`,
  );
  return rows;
}

const told = { status: 'done', problem: null };
const notTold = { status: 'failed', problem: expect.stringContaining('that of another account') as string };

test('of people who share a telephone number only the one whom the network tells counts as invited', async () => {
  const [first, ...sharing] = await invite({ 1: '1', 2: '2', 3: '2' });
  expect(first).toEqual({ xid: '1', ...told });
  // Which of them it is, the network decides.
  const [left = '', ...others] = sharing.filter(({ status }) => status === 'failed').map(({ xid }) => xid);
  expect(others).toEqual([]);
  expect(sharing).toEqual(['2', '3'].map((xid) => ({ xid, ...(xid === left ? notTold : told) })));
  expect(await invite({ 1: '1', 2: '2', 3: '2', [left]: '3' })).toEqual([{ xid: left, ...told }]);
  expect(Object.values(world.network().invitationsByAddress)).toEqual([1, 1, 1]);
});
