import { afterEach, beforeEach, expect, test } from 'vitest';
import { countChanges, listChanges, readBatch, recordOutcomes, type StoredLink } from '../../src/store/changes.js';
import type { Database } from '../../src/store/database.js';
import { postpone, settle } from '../../src/store/due.js';
import { decideHeld, saveSelection } from '../../src/store/holds.js';
import { LeaseLost, releaseLease, renewLease, takeLease } from '../../src/store/leases.js';
import { markEverybodyDue } from '../../src/store/mappings.js';
import { writePlan, type DuePerson, type Planner } from '../../src/store/plans.js';
import type { PersonChange } from '../../src/sync/change.js';
import type { GroupRef } from '../../src/sync/group.js';
import type { Verdict } from '../../src/sync/guards/judge-plan.js';
import type { PersonState } from '../../src/sync/person.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRow, aRun, deliver, dueXids, korenaar } from './builders.js';

let place: TestDatabase;
let database: Database;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
});

afterEach(async () => {
  await database.close();
  await place.close();
});

const reason = { rule: 'active', text: 'is active', rows: [2] };
const sales: GroupRef = { kind: 'department', name: 'Sales' };
const europe: GroupRef = { kind: 'business_unit', name: 'Europe' };
const salesEurope: GroupRef = { kind: 'local_department', businessUnit: 'Europe', department: 'Sales' };
const person: PersonState = { userName: '', profile: {}, audience: 'none', networkRole: 'member', memberships: {} };

/** User names that differ from the XID. */
const names = new Map<string, string>();

/** Everybody with a row is created and joins a group; everybody without one is suspended. */
function planner(held: Partial<Verdict> = {}): () => Promise<Planner> {
  return async () => ({
    examine: (people: readonly DuePerson[]) => ({
      changes: people.flatMap(({ xid, rows }): readonly PersonChange[] =>
        rows.length === 0
          ? [{ kind: 'suspend' as const, xid, reason }]
          : [
              { kind: 'join' as const, xid, group: sales, reason },
              { kind: 'create' as const, xid, person: { ...person, userName: names.get(xid) ?? xid }, reason },
            ],
      ),
      warnings: people.map(({ xid }) => ({ code: 'odd', xid, rows: [1, 2], column: 'Name', text: 'odd' })),
      waits: [],
    }),
    groups: () => [
      { kind: 'create_group', group: salesEurope, reason },
      { kind: 'create_group', group: sales, reason },
      { kind: 'create_group', group: europe, reason },
    ],
    remarks: () => [],
    hold: () => ({ everything: null, kinds: new Map(), ...held }),
    whenHeld: 'continue',
  });
}

function aLink(xid: string, changes: Partial<StoredLink> = {}): StoredLink {
  return {
    xid: aRow(xid).xid,
    state: 'active',
    userName: xid,
    scimId: `scim-${xid}`,
    userEid: null,
    membershipEid: null,
    written: person,
    password: null,
    invitedAt: null,
    suspendedAt: null,
    ...changes,
  };
}

test('a plan is ordered so that it is always safe, groups before the groups that stand in them', async () => {
  await deliver(database, [aRow('2'), aRow('1')]);
  const runId = await aRun(database);
  const counts = await writePlan(database, { customer: korenaar, runId }, planner());
  const changes = await listChanges(database, runId);
  expect(
    changes.map(({ change, xid }) => `${change.kind} ${xid ?? (change.kind === 'create_group' && change.group.kind)}`),
  ).toEqual([
    'create_group business_unit',
    'create_group department',
    'create_group local_department',
    'create 1',
    'create 2',
    'join 1',
    'join 2',
  ]);
  expect(counts).toMatchObject({ examined: 2, managed: 0, warnings: 2 });
  expect(counts.kinds).toEqual([
    { kind: 'create_group', from: 1, to: 3, changes: 3, held: 0, guard: null },
    { kind: 'create', from: 4, to: 5, changes: 2, held: 0, guard: null },
    { kind: 'join', from: 6, to: 7, changes: 2, held: 0, guard: null },
  ]);
});

test('feature 11: nobody gets a user name that somebody else has or is to get; both stay as they are, and due', async () => {
  names.set('1', 'same').set('2', 'Same').set('4', 'three');
  try {
    await deliver(database, [aRow('1'), aRow('2'), aRow('3'), aRow('4'), aRow('5')]);
    await database.pool.query(
      `INSERT INTO link (customer_id, xid, state, user_name, scim_id, written) VALUES ('korenaar', '9', 'suspended', 'THREE', 'scim-9', '{}'),
         ('korenaar', '8', 'suspended', '5', NULL, '{}')`,
    );
    const runId = await aRun(database);
    const { warnings } = await writePlan(database, { customer: korenaar, runId }, planner());
    const created = (await listChanges(database, runId)).filter(({ change }) => change.kind === 'create');
    expect(created.map(({ xid }) => xid)).toEqual(['3', '5']);
    expect(warnings).toBe(5 + 3);
    await database.pool.query(`UPDATE change SET status = 'done'`);
    await settle(database, korenaar, runId);
    expect(await dueXids(database)).toEqual(['1', '2', '4']);
  } finally {
    names.clear();
  }
});

test('who is left out for a conflict stays due, though a day of their record is still to come', async () => {
  names.set('1', 'same').set('2', 'same');
  try {
    await deliver(database, [aRow('1'), aRow('2'), aRow('3')]);
    const runId = await aRun(database);
    await writePlan(database, { customer: korenaar, runId }, async () => {
      const usual = await planner()();
      const waits = (people: readonly DuePerson[]) =>
        people.map(({ xid }) => ({ xid, until: '2036-11-30', reason: 'date' }) as const);
      return { ...usual, examine: (people) => ({ ...usual.examine(people), waits: waits(people) }) };
    });
    await database.pool.query(`UPDATE change SET status = 'done'`);
    await postpone(database, korenaar, runId);
    await settle(database, korenaar, runId);
    const { rows } = await database.pool.query<{ xid: string }>(
      'SELECT xid FROM due WHERE due_at <= now() ORDER BY xid',
    );
    expect(rows.map(({ xid }) => xid)).toEqual(['1', '2']);
  } finally {
    names.clear();
  }
});

test('whose account was taken over with another address stays due until somebody asked for it, though a day is still to come', async () => {
  await deliver(database, [aRow('1'), aRow('2')]);
  const runId = await aRun(database);
  await writePlan(database, { customer: korenaar, runId }, async () => {
    const usual = await planner()();
    const profile = { email: 'of-hr@people.example' };
    return {
      ...usual,
      examine: (people) => ({
        ...{
          changes: people.map(({ xid }) => ({
            kind: 'create',
            xid,
            person: { ...person, userName: xid, profile },
            reason,
          })),
        },
        ...{ warnings: [], waits: people.map(({ xid }) => ({ xid, until: '2036-11-30', reason: 'date' }) as const) },
      }),
    };
  });
  await database.pool.query(`UPDATE change SET status = 'done', problem = 'taken over'`);
  await database.pool.query(
    `INSERT INTO link (customer_id, xid, state, user_name, written) VALUES
       ('korenaar', '1', 'active', '1', '{"profile":{"email":"own@home.example"}}'),
       ('korenaar', '2', 'active', '2', '{"profile":{"email":"Of-HR@people.example"}}')`,
  );
  await postpone(database, korenaar, runId);
  await settle(database, korenaar, runId);
  const { rows } = await database.pool.query<{ xid: string }>('SELECT xid FROM due WHERE due_at <= now()');
  expect(rows.map(({ xid }) => xid)).toEqual(['1']);
});

test('whoever was back in a delivery that nobody planned is missing anew from the next one on', async () => {
  await database.pool.query(
    `INSERT INTO link (customer_id, xid, state, user_name, written) SELECT 'korenaar', xid, 'active', xid, '{}'
     FROM unnest(ARRAY['1', '2']) AS xid`,
  );
  const plan = async () =>
    writePlan(database, { customer: korenaar, runId: await aRun(database) }, planner({ everything: 'not today' }));
  const missingSince = async () =>
    (await database.pool.query<object>('SELECT xid, missing_snapshot AS snapshot FROM link ORDER BY xid')).rows;
  await deliver(database, [aRow('1'), aRow('2')]);
  await deliver(database, [aRow('3')]);
  await plan();
  await deliver(database, [aRow('1'), aRow('3')]);
  await deliver(database, [aRow('3')]);
  await plan();
  expect(await missingSince()).toEqual([
    { xid: '1', snapshot: 4 },
    { xid: '2', snapshot: 2 },
  ]);
  await plan();
  expect(await missingSince()).toMatchObject([{ snapshot: 4 }, { snapshot: 2 }]);
  // Another mapping becomes the active one before anything was planned: everybody is due for that, and not for their row.
  await deliver(database, [aRow('2'), aRow('3')]);
  await deliver(database, [aRow('3')]);
  await markEverybodyDue(database.pool, korenaar);
  await plan();
  expect(await missingSince()).toMatchObject([{ snapshot: 4 }, { snapshot: 6 }]);
});

test('a plan for everybody, as a dry run of another mapping makes it, knows who is missing since today as well', async () => {
  await database.pool.query(
    `INSERT INTO link (customer_id, xid, state, user_name, written) VALUES ('korenaar', '1', 'active', '1', '{}')`,
  );
  await deliver(database, [aRow('1')]);
  await deliver(database, []);
  const seen: DuePerson[] = [];
  await writePlan(
    database,
    { customer: korenaar, runId: await aRun(database, 'dry'), people: 'everybody' },
    async () => {
      const usual = await planner()();
      return { ...usual, examine: (people) => (seen.push(...people), usual.examine(people)) };
    },
  );
  expect(seen).toMatchObject([{ xid: '1', link: { missingSince: expect.any(String) as string, missingSnapshots: 1 } }]);
});

test('planning a run again replaces its plan', async () => {
  await deliver(database, [aRow('1')]);
  const runId = await aRun(database);
  await writePlan(database, { customer: korenaar, runId }, planner());
  await writePlan(database, { customer: korenaar, runId }, planner());
  expect(await listChanges(database, runId)).toHaveLength(5);
});

test('a plan can look at everybody, due or not, with or without a row or a link', async () => {
  await deliver(database, [aRow('1'), aRow('2'), aRow('2', { Name: 'another row' }, 3)]);
  await database.pool.query(
    `DELETE FROM due;
     INSERT INTO link (customer_id, xid, state, user_name, written) VALUES ('korenaar', '2', 'active', 'two', '{}'),
       ('korenaar', '9', 'active', 'nine', '{}')`,
  );
  const runId = await aRun(database, 'dry');
  const { examined } = await writePlan(database, { customer: korenaar, runId, people: 'everybody' }, planner());
  expect(examined).toBe(3);
  const suspended = (await listChanges(database, runId)).filter(({ change }) => change.kind === 'suspend');
  expect(suspended.map(({ xid }) => xid)).toEqual(['9']);
  expect(await dueXids(database)).toEqual([]);
});

test('what a guard holds is not in a batch until somebody approves it', async () => {
  await deliver(database, [aRow('1')]);
  await deliver(database, []);
  const runId = await aRun(database);
  const { kinds } = await writePlan(
    database,
    { customer: korenaar, runId },
    planner({ kinds: new Map([['suspend', 'too many']]) }),
  );
  expect(kinds.find(({ kind }) => kind === 'suspend')).toMatchObject({ changes: 1, held: 1, guard: 'too many' });
  const everything = { from: 1, to: 100 };
  const kindsIn = async () => (await readBatch(database, korenaar, runId, everything)).map(({ change }) => change.kind);
  expect(await kindsIn()).not.toContain('suspend');
  expect((await decideHeld(database, runId, { with: 'join' }, 'planned', 'pm-1')).changes).toBe(0);
  expect((await decideHeld(database, runId, {}, 'planned', 'pm-1')).changes).toBe(1);
  expect(await kindsIn()).toContain('suspend');
});

test('what builds on a held change is held, and released, with it', async () => {
  await deliver(database, [aRow('1'), aRow('2')]);
  const runId = await aRun(database);
  const { kinds, holds } = await writePlan(
    database,
    { customer: korenaar, runId },
    planner({ kinds: new Map([['create', 'too many']]) }),
  );
  expect(kinds.map(({ kind, held }) => [kind, held])).toEqual([
    ['create_group', 0],
    ['create', 2],
    ['join', 2],
  ]);
  expect(holds).toEqual([{ with: 'create', changes: 4, people: 2, guard: 'too many' }]);
  expect((await decideHeld(database, runId, { with: 'join' }, 'planned', 'pm-1')).changes).toBe(0);
  expect(await decideHeld(database, runId, { with: 'create' }, 'planned', 'pm-1')).toMatchObject({
    changes: 4,
    holds: [],
  });
});

test('an invitation waits with the profile that is held: it would go to the address of before', async () => {
  await deliver(database, [aRow('1'), aRow('2')]);
  const runId = await aRun(database);
  const changesOf = ({ xid }: DuePerson): readonly PersonChange[] => [
    ...(xid === '1' ? [{ kind: 'update', xid, before: {}, after: {}, userName: xid, reason } as const] : []),
    { kind: 'invite', xid, audience: 'email', reason },
  ];
  const held = async (verdict: Partial<Verdict>) => {
    const { holds } = await writePlan(database, { customer: korenaar, runId }, async () => ({
      ...(await planner(verdict)()),
      groups: () => [],
      examine: (people) => ({ changes: people.flatMap(changesOf), warnings: [], waits: [] }),
    }));
    return holds.map((hold) => [hold.with, hold.changes, hold.people]);
  };
  expect(await held({ kinds: new Map([['update', 'too many']]) })).toEqual([['update', 2, 1]]);
  expect(await held({ everything: 'far too many' })).toEqual([
    ['update', 2, 1],
    ['invite', 1, 1],
  ]);
});

test('what several guards hold is approved when the last of them is, and refused by any of them', async () => {
  const changesOf = ({ xid }: DuePerson): readonly PersonChange[] => [
    { kind: 'update', xid, before: {}, after: {}, userName: xid, reason },
    { kind: 'join', xid, group: sales, reason },
    { kind: 'invite', xid, audience: 'email', reason },
    { kind: 'leave', xid, group: europe, reason },
  ];
  const all = new Map([
    ['update', 'many updates'],
    ['join', 'many joins'],
    ['invite', 'many invitations'],
  ] as const);
  await deliver(database, [aRow('1'), aRow('2')]);
  const runId = await aRun(database);
  const plan = () =>
    writePlan(database, { customer: korenaar, runId }, async () => ({
      ...(await planner({ kinds: all })()),
      groups: () => [],
      examine: (people) => ({ changes: people.flatMap(changesOf), warnings: [], waits: [] }),
    }));
  const statusOf = async (kind: string) => {
    const changes = (await listChanges(database, runId)).filter(({ change: each }) => each.kind === kind);
    return changes.map(({ status }) => status).join();
  };
  const decide = async (kind: string, yes: boolean, ...xids: readonly string[]) => {
    const named = { xids, by: 'pm-1', comment: '' };
    const choice = {
      with: kind,
      ...(xids.length > 0 && { selection: await saveSelection(database, { id: runId, number: 1 }, named) }),
    };
    const { holds } = await decideHeld(database, runId, choice, yes ? 'planned' : 'refused', 'pm-1');
    return holds.map((hold) => `${hold.changes} by ${hold.guard}`);
  };

  expect((await plan()).holds).toMatchObject([
    { with: 'update', changes: 4 },
    { with: 'join', changes: 4 },
  ]);
  expect(await decide('update', true)).toEqual(['6 by many joins']);
  expect([await statusOf('update'), await statusOf('invite')]).toEqual(['planned,planned', 'held,held']);
  expect(await decide('invite', true)).toEqual(['6 by many joins']);
  expect(await decide('join', true, '1')).toEqual(['3 by many joins']);
  expect(await statusOf('invite')).toBe('planned,held');
  expect(await decide('join', false)).toEqual([]);
  expect([await statusOf('invite'), await statusOf('leave')]).toEqual(['planned,refused', 'planned,refused']);

  await plan();
  expect(await decide('join', true, '2')).toEqual(['4 by many updates', '2 by many joins']);
  expect(await decide('invite', false)).toEqual(['2 by many updates', '2 by many joins']);
  expect(await statusOf('invite')).toBe('refused,refused');
  expect(await decide('join', false)).toEqual(['2 by many updates']);
  expect([await statusOf('join'), await statusOf('leave')]).toEqual(['refused,planned', 'refused,planned']);
});

test('nobody decides about people any more whose record changed since the plan', async () => {
  await deliver(database, [aRow('1'), aRow('2')]);
  await deliver(database, []);
  const runId = await aRun(database);
  const held = planner({ kinds: new Map([['suspend', 'too many']]) });
  await writePlan(database, { customer: korenaar, runId }, held);
  await deliver(database, [aRow('1')]);
  const decided = await decideHeld(database, runId, {}, 'planned', 'pm-1');
  expect(decided).toMatchObject({ changes: 1, outdated: 1, holds: [] });
  const suspended = (await listChanges(database, runId)).filter(({ change }) => change.kind === 'suspend');
  expect(suspended.map(({ xid, status }) => [xid, status])).toEqual([
    ['1', 'expired'],
    ['2', 'planned'],
  ]);
  expect(suspended[0]?.problem).toMatch(/changed since the plan was made, .*The next run decides anew/);
  expect(await decideHeld(database, runId, {}, 'planned', 'pm-1')).toMatchObject({ changes: 0, outdated: 0 });
  await database.pool.query(`UPDATE change SET status = 'done' WHERE status = 'planned'`);
  await settle(database, korenaar, runId);
  expect(await dueXids(database)).toEqual(['1']);
});

test('nobody decides about people any more for whom a day came that the plan was waiting for', async () => {
  await deliver(database, [aRow('1'), aRow('2')]);
  const runId = await aRun(database);
  await writePlan(database, { customer: korenaar, runId }, async () => {
    const usual = await planner({ kinds: new Map([['create', 'too many']]) })();
    const waits = [
      { xid: aRow('1').xid, until: '2036-11-29', reason: 'date' },
      { xid: aRow('2').xid, until: '2036-11-30', reason: 'date' },
    ] as const;
    return { ...usual, examine: (people) => ({ ...usual.examine(people), waits }) };
  });
  // Their last day was yesterday.
  await database.pool.query(`UPDATE plan_wait SET until = now() WHERE xid = '1'`);
  expect(await decideHeld(database, runId, {}, 'planned', 'pm-1')).toMatchObject({ outdated: 2, changes: 2 });
  const created = (await listChanges(database, runId)).filter(({ change }) => change.kind === 'create');
  expect(created.map(({ xid, status }) => [xid, status])).toEqual([
    ['1', 'expired'],
    ['2', 'planned'],
  ]);
});

test('when everything is held, groups go along with the first joins', async () => {
  await deliver(database, [aRow('1'), aRow('2')]);
  await deliver(database, [aRow('2')]);
  const runId = await aRun(database);
  const { holds, kinds } = await writePlan(
    database,
    { customer: korenaar, runId },
    planner({ everything: 'far too many' }),
  );
  expect(kinds.every(({ changes, held }) => changes === held)).toBe(true);
  expect(holds.map((hold) => [hold.with, hold.changes, hold.guard])).toEqual([
    ['create_group', 3, 'far too many'],
    ['create', 2, 'far too many'],
    ['suspend', 1, 'far too many'],
  ]);
  await decideHeld(database, runId, { with: 'create' }, 'planned', 'pm-1');
  const open = await readBatch(database, korenaar, runId, { from: 1, to: 100 });
  expect([...new Set(open.map(({ change }) => change.kind))]).toEqual(['create_group', 'create', 'join']);
});

test('outcomes and links are written together, and not at all with an old fence', async () => {
  await deliver(database, [aRow('1')]);
  const runId = await aRun(database);
  await writePlan(database, { customer: korenaar, runId }, planner());
  const old = await takeLease(database, korenaar, 'run 1', 60_000);
  const lease = await takeLease(database, korenaar, 'run 1', 60_000);
  if (old === null || lease === null) throw new Error('no lease');
  const outcome = { seq: 4, status: 'done', problem: null } as const;
  await expect(recordOutcomes(database, old, runId, [outcome], [aLink('1')])).rejects.toThrow(LeaseLost);
  expect((await database.pool.query('SELECT 1 FROM link')).rowCount).toBe(0);
  await recordOutcomes(database, lease, runId, [outcome], [aLink('1')]);
  expect(await countChanges(database, runId)).toContainEqual({ kind: 'create', status: 'done', changes: 1, people: 1 });
  const [, join] = await readBatch(database, korenaar, runId, { from: 1, to: 100 }).then((batch) => batch.slice(-2));
  expect(join?.link).toEqual(aLink('1'));
});

test('a lease has one holder until it expires or is given back', async () => {
  const lease = await takeLease(database, korenaar, 'run 1', 60_000);
  expect(await takeLease(database, korenaar, 'run 2', 60_000)).toBeNull();
  if (lease === null) throw new Error('no lease');
  await renewLease(database, lease, 60_000);
  await releaseLease(database, lease);
  const next = await takeLease(database, korenaar, 'run 2', 60_000);
  expect(next?.fence).toBeGreaterThan(lease.fence);
  await expect(renewLease(database, lease, 60_000)).rejects.toThrow(LeaseLost);
});

test('settling keeps everybody due whose changes are not all done, and who was marked again since', async () => {
  await deliver(database, [aRow('1'), aRow('2'), aRow('3')]);
  const runId = await aRun(database);
  await writePlan(database, { customer: korenaar, runId }, planner());
  await database.pool.query(`UPDATE change SET status = 'done' WHERE xid IN ('1', '3')`);
  await deliver(database, [aRow('1'), aRow('2'), aRow('3', { Name: 'new' })]);
  await settle(database, korenaar, runId);
  expect(await dueXids(database)).toEqual(['2', '3']);
});
