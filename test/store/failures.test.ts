import { afterEach, beforeEach, expect, test } from 'vitest';
import { settle } from '../../src/store/due.js';
import type { Database } from '../../src/store/database.js';
import { noteFailures } from '../../src/store/failures.js';
import { readGivenUp, retryGivenUp } from '../../src/store/given-up.js';
import { forgetPerson } from '../../src/store/people/forget.js';
import { readPersonData } from '../../src/store/people/person-data.js';
import { updateRun } from '../../src/store/runs.js';
import { writePlan, type DuePerson, type Planner } from '../../src/store/plans.js';
import type { PersonChange } from '../../src/sync/change.js';
import type { GroupRef } from '../../src/sync/group.js';
import { toXid } from '../../src/sync/ids.js';
import type { PersonState } from '../../src/sync/person.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRow, aRun, deliver, dueXids, korenaar } from './builders.js';

type Kind = 'create' | 'update' | 'join' | 'invite' | 'leave';
/** What became of each kind of change that the run plans for everybody who is due. */
type Ended = Partial<Record<Kind, 'done' | 'skipped' | 'held' | { readonly failed: string }>>;

const REFUSED = { failed: 'The network refuses it.' };
let place: TestDatabase;
let database: Database;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
  await deliver(database, [aRow('1')]);
});

afterEach(async () => {
  await database.close();
  await place.close();
});

const reason = { rule: 'active', text: 'is active', rows: [2] };
const group: GroupRef = { kind: 'department', name: 'Sales' };
const person: PersonState = { userName: '', profile: {}, audience: 'none', networkRole: 'member', memberships: {} };

function changeOf(xid: DuePerson['xid'], kind: Kind): PersonChange {
  switch (kind) {
    case 'create':
      return { kind, xid, person: { ...person, userName: xid }, reason };
    case 'update':
      return { kind, xid, before: {}, after: { jobTitle: 'Baker' }, userName: xid, reason };
    case 'invite':
      return { kind, xid, audience: 'email', reason };
    case 'join':
    case 'leave':
      return { kind, xid, group, reason };
  }
}

interface Odds {
  /** A day of the record on which something changes. */
  readonly until?: string;
  readonly warning?: string;
  /** Until how many deliveries are without the person, nobody can say. */
  readonly missing?: boolean;
}

/** One live run that comes to its end; answers how many people it gave up. */
async function run(
  ended: Ended,
  after: number | null = 2,
  { until, warning, missing = false }: Odds = {},
): Promise<number> {
  const runId = await aRun(database);
  const kinds = Object.keys(ended) as Kind[];
  const planner: Planner = {
    examine: (people) => ({
      changes: people.flatMap(({ xid }) => kinds.map((kind) => changeOf(xid, kind))),
      warnings: people.flatMap(({ xid }) =>
        warning === undefined ? [] : [{ code: warning, xid, rows: [], column: null, text: 'odd' }],
      ),
      waits: people.flatMap(({ xid }) => [
        ...(until === undefined ? [] : [{ xid, until, reason: 'date' as const }]),
        ...(missing ? [{ xid, until: null, reason: 'missing' as const }] : []),
      ]),
    }),
    groups: () => [],
    remarks: () => [],
    hold: () => ({ everything: null, kinds: new Map() }),
    whenHeld: 'continue',
  };
  await writePlan(database, { customer: korenaar, runId }, async () => planner);
  for (const kind of kinds) {
    const outcome = ended[kind];
    const [status, problem] = typeof outcome === 'object' ? ['failed', outcome.failed] : [outcome, null];
    await database.pool.query(
      'UPDATE change SET status = $3::change_status, problem = $4 WHERE run_id = $1 AND kind = $2',
      [runId, kind, status, problem],
    );
  }
  await settle(database, korenaar, runId);
  const givenUp = await noteFailures(database, korenaar, runId, after);
  // An activity may be done twice.
  await noteFailures(database, korenaar, runId, after);
  await updateRun(database, runId, { status: 'done' });
  return givenUp;
}

async function failing() {
  return (await readPersonData(database, korenaar, toXid('1'))).failing;
}

async function isDue(): Promise<boolean> {
  const { rowCount } = await database.pool.query('SELECT 1 FROM due WHERE due_at <= clock_timestamp()');
  return rowCount === 1;
}

test('runs in a row are counted, once each; a change that is done in between begins anew', async () => {
  await run({ join: REFUSED }, 9);
  await run({ join: REFUSED }, 9);
  expect(await failing()).toMatchObject([
    { kind: 'join', runs: 2, problem: 'The network refuses it.', givenUpAt: null },
  ]);
  await run({ join: 'done', leave: REFUSED }, 9);
  expect(await failing()).toMatchObject([{ kind: 'leave', runs: 1 }]);
});

test('another reason begins anew, and so does a change that was not wanted in between', async () => {
  await run({ join: REFUSED });
  expect(await run({ join: { failed: 'It is gone.' } })).toBe(0);
  expect(await failing()).toMatchObject([{ runs: 1, problem: 'It is gone.' }]);
  await run({ leave: REFUSED });
  expect(await failing()).toMatchObject([{ kind: 'leave', runs: 1 }]);
  await run({});
  expect(await failing()).toEqual([]);
});

test('a change that was not tried stays as it was', async () => {
  await run({ join: REFUSED });
  await run({ join: 'held' });
  expect(await failing()).toMatchObject([{ runs: 1 }]);
  expect(await run({ join: REFUSED })).toBe(1);
});

test('who is given up is not due any more, and listed from that run on', async () => {
  const before = await aRun(database);
  await run({ join: REFUSED });
  expect(await isDue()).toBe(true);
  expect(await run({ join: REFUSED })).toBe(1);
  expect(await isDue()).toBe(false);
  expect((await readGivenUp(database, korenaar, before, 10)).total).toBe(0);
  const { rows, total } = await readGivenUp(database, korenaar, await aRun(database), 10);
  expect(total).toBe(1);
  expect(rows).toMatchObject([{ xid: '1', kind: 'join', runs: 2, profile: null }]);
});

test('nothing is given up where the mapping says never', async () => {
  for (const _ of [1, 2, 3]) expect(await run({ join: REFUSED }, null)).toBe(0);
  expect(await failing()).toMatchObject([{ runs: 3, givenUpAt: null }]);
  expect(await isDue()).toBe(true);
});

test('nobody is given up who waits for something else', async () => {
  for (const others of [{ leave: 'held' }, { create: 'skipped' }, { create: { failed: 'Only once.' } }] as Ended[]) {
    await run({ join: REFUSED }, 1, { warning: 'conflict' });
    expect(await run({ join: REFUSED, ...others })).toBe(0);
  }
  expect(await run({ join: REFUSED }, 1, { warning: 'conflict' })).toBe(0);
  expect(await isDue()).toBe(true);
});

test('what is left out because the account could not be made is given up with it', async () => {
  await run({ create: REFUSED, join: 'skipped' });
  expect(await run({ create: REFUSED, join: 'skipped' })).toBe(1);
});

test('the old group that is not left before the new one is joined is given up with joining it', async () => {
  await run({ join: REFUSED, leave: 'skipped' });
  expect(await run({ join: REFUSED, leave: 'skipped' })).toBe(1);
});

test('an invitation that waits for what fails is given up with it, and not with anything else', async () => {
  for (const kind of ['update', 'join'] as const) {
    await run({ [kind]: REFUSED, invite: 'skipped' });
    expect(await run({ [kind]: REFUSED, invite: 'skipped' })).toBe(1);
    await retryGivenUp(database, korenaar, { by: 'p.jansen' });
  }
  await run({ leave: REFUSED, invite: 'skipped' });
  expect(await run({ leave: REFUSED, invite: 'skipped' })).toBe(0);
});

test('whoever is missing is not given up: the suspension is still to come', async () => {
  await deliver(database, []);
  await run({ leave: REFUSED }, 1, { missing: true });
  expect(await isDue()).toBe(true);
});

test('a day on which something changes is waited for all the same', async () => {
  const until = '2099-01-01T00:00:00Z';
  await run({ join: REFUSED }, 1, { until });
  const { due } = await readPersonData(database, korenaar, toXid('1'));
  expect(due).toEqual({ reason: 'given up', dueAt: new Date(until) });
});

test('a delivery that changes the row, and a person, end it', async () => {
  await run({ join: REFUSED }, 1);
  await deliver(database, [aRow('1', { Name: 'other' })]);
  expect(await isDue()).toBe(true);
  expect((await readGivenUp(database, korenaar, await aRun(database), 10)).total).toBe(0);
  expect(await run({ join: REFUSED }, 2)).toBe(1);
  expect(await retryGivenUp(database, korenaar, { by: 'p.jansen' })).toBe(1);
  expect([await dueXids(database), await failing()]).toEqual([['1'], []]);
});

test('a person who is forgotten leaves none of it', async () => {
  await run({ join: REFUSED }, 1);
  await forgetPerson(database, { customer: korenaar, xid: toXid('1'), by: 'p.jansen', evenSo: true });
  expect(await failing()).toEqual([]);
});
