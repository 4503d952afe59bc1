import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvOf, MAPPING, type MadeUpPerson } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

const GUARDS = '  delivery: { repeated: accept }\n  giveUpAfter: never\n  creations: none\n  invitations: none\n';
/** So many that a day's updates are more than one batch. */
const BATCH = 40;
let world: World;

beforeAll(async () => {
  world = await openWorld({ env: { USERSYNC_BATCH_SIZE: String(BATCH) } });
  await world.useMapping(MAPPING.replace('floor: 2 ', 'floor: 200 ').concat(GUARDS));
  await world.startWorker();
});

afterAll(() => world.close());

/** Others are there as well: nothing is a first sync, and nobody is the last. */
async function sync(people: readonly MadeUpPerson[]) {
  await world.deliver(csvOf([...people, ...['91', '92', '93'].map((id) => ({ id }))]));
  return (await world.start('live', { delivery: 'last' })).result();
}

const named = (people: Readonly<Record<string, string>>): readonly MadeUpPerson[] =>
  Object.entries(people).map(([id, mail]) => ({ id, mail: `${mail}@people.example` }));

function accounts(...ids: readonly string[]): Readonly<Record<string, string | null>> {
  const people = world.network().people.filter(({ xid }) => xid !== null && ids.includes(xid));
  const shown = people.map(({ xid, profile }) => [xid ?? '', profile.email?.split('@')[0] ?? null] as const);
  return Object.fromEntries<string | null>(shown);
}

async function changes() {
  const { rows } = await world.database.pool.query<{
    xid: string;
    kind: string;
    status: string;
    reason: string;
    problem: string | null;
  }>(
    `SELECT xid, kind, status, change->'reason'->>'text' AS reason, problem FROM change
     WHERE run_id = (SELECT max(id) FROM run) ORDER BY seq`,
  );
  return rows;
}

/** From one write to an account on, the network refuses the token: what a run is stopped by at once. */
const refused = (skip: number) =>
  ({ network: world.networkEid, method: 'PUT', path: '/scim/v2/Users/*', kind: 'status', status: 401, skip }) as const;

const eidOf = (id: string) => world.network().people.find(({ xid }) => xid === id)?.eid;

test('feature 10: two people who swap e-mail addresses end with the right ones, in one run and as the accounts they were', async () => {
  await sync(named({ 1: 'ann', 2: 'bob' }));
  const before = [eidOf('1'), eidOf('2')];
  expect(await sync(named({ 1: 'bob', 2: 'ann' }))).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(accounts('1', '2')).toEqual({ 1: 'bob', 2: 'ann' });
  expect([eidOf('1'), eidOf('2')]).toEqual(before);
  const updates = (await changes()).filter(({ kind }) => kind === 'update');
  expect(
    updates.map(({ xid, reason }) => [xid, reason.startsWith('Gives the e-mail address up for a moment')]),
  ).toEqual([
    ['1', true],
    ['2', true],
    ['1', false],
    ['2', false],
  ]);
  expect(world.network().invitationsByAddress).toMatchObject({ 'ann@people.example': 2, 'bob@people.example': 2 });
});

test('addresses are passed on along a row of people in one run, whatever their order', async () => {
  await sync(named({ 1: 'one', 2: 'two', 3: 'three' }));
  expect(await sync(named({ 1: 'two', 2: 'three', 3: 'new' }))).toMatchObject({ status: 'done', failed: 0 });
  expect(accounts('1', '2', '3')).toEqual({ 1: 'two', 2: 'three', 3: 'new' });
  expect(await sync(named({ 3: 'three', 2: 'two', 1: 'one' }))).toMatchObject({ status: 'done', failed: 0 });
  expect(accounts('1', '2', '3')).toEqual({ 1: 'one', 2: 'two', 3: 'three' });
});

test('stopped at any write, before or after its effect, the next run ends with the right addresses', async () => {
  const ids = ['1', '2', '3'];
  const given = ['a', 'b', 'c'];
  const turned = (by: number) => Object.fromEntries(ids.map((id, index) => [id, given[(index + by) % 3] ?? '']));
  await sync(named(turned(0)));
  const eids = ids.map(eidOf);
  let by = 0;
  for (const afterEffect of [false, true]) {
    // Six writes: three addresses are given up, and three are given.
    for (let skip = 0; skip < 6; skip += 1) {
      by += 1;
      world.sandbox.control.addFault({ ...refused(skip), afterEffect });
      await expect(sync(named(turned(by)))).rejects.toThrow();
      world.sandbox.control.clearFaults();
      expect(await sync(named(turned(by)))).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
      expect(accounts(...ids)).toEqual(turned(by));
    }
  }
  expect(ids.map(eidOf)).toEqual(eids);
}, 240_000);

test('the login address of an activated account stays; whoever was to get it has their own again, and the report says why', async () => {
  // Those of before stay, or so many leavers would be held.
  const others = named({ 1: 'a', 2: 'b', 3: 'c' });
  await sync([...others, ...named({ 6: 'kim', 7: 'lou' })]);
  world.sandbox.control.activate(world.networkEid, { xid: '7' });
  expect(await sync([...others, ...named({ 6: 'lou', 7: 'kim' })])).toMatchObject({ status: 'done', failed: 1 });
  expect(accounts('6', '7')).toEqual({ 6: 'kim', 7: 'lou' });
  const told = (await changes()).flatMap(({ xid, problem }) => (problem === null ? [] : [`${xid}: ${problem}`]));
  expect(told).toContainEqual(expect.stringMatching(/^6: .*has this already/));
  expect(told).toContainEqual(
    expect.stringMatching(/^7: The e-mail address was not changed: the account is activated/),
  );
});

test('of two batches that are written side by side, nobody is written to before all have given their addresses up', async () => {
  const ids = Array.from({ length: 2 * BATCH - 1 }, (_, index) => 101 + index);
  // All but the last pair are in the first batch; of that one, whose partner gives theirs up first of all, in the second.
  const pairs = [[101, 135], ...Array.from({ length: 9 }, (_, index) => [102 + 2 * index, 103 + 2 * index])];
  const partners = new Map(pairs.flatMap(([one = 0, other = 0]) => [[one, other] as const, [other, one] as const]));
  const given = (of: (id: number) => number) => ids.map((id) => [String(id), `p${of(id)}`] as const);
  await sync(named(Object.fromEntries(given((id) => id))));
  const swapped = Object.fromEntries(given((id) => partners.get(id) ?? id));
  const titled = named(swapped).map((person) => ({ ...person, title: 'Baker' }));
  expect(await sync(titled)).toMatchObject({ status: 'done', failed: 0, skipped: 0 });
  expect(accounts(...Object.keys(swapped))).toEqual(swapped);
}, 60_000);
