import { WorkflowFailedError } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveMapping } from '../../src/store/mappings.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 12);

beforeAll(async () => {
  world = await openWorld();
  await world.startWorker();
  await world.deliver(csvOf(everybody));
});

afterAll(() => world.close());

const EXCEPTIONS = `exceptions:
  - externalIds: ["1"]
    leaveAlone: true
  - externalIds: ["2"]
    notInNetwork: true
  - externalIds: ["3", "0003"]
    addTo: [topic: { name: Crisis team }]
    notIn: [department: { column: Department }]
    role: { target: topic, role: admin }
    noInvitation: true
`;

function person(xid: string) {
  return world.network().people.find((each) => each.xid === xid) ?? null;
}

async function live() {
  return (await world.start('live', { delivery: 'last' })).result();
}

async function dryRunOf(mapping: number) {
  return (await world.start('dry', { mapping })).result();
}

async function changesOf(run: number): Promise<readonly { readonly kind: string; readonly xid: string | null }[]> {
  const { rows } = await world.database.pool.query<{ kind: string; xid: string | null }>(
    'SELECT c.kind, c.xid FROM change c JOIN run r ON r.id = c.run_id WHERE r.number = $1 ORDER BY c.seq',
    [run],
  );
  return rows;
}

async function keepDraft(document: string): Promise<number> {
  return saveMapping(world.database, { customer: world.customer, document, importedBy: 'test', comment: '' });
}

test('the network is as the exceptions say, and the next plan is empty', async () => {
  await world.useMapping(MAPPING + EXCEPTIONS);
  expect(await live()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(person('1')).toBeNull();
  expect(person('2')).toBeNull();
  expect(
    person('3')
      ?.groups.map(({ name, role }) => `${name} ${role}`)
      .sort(),
  ).toEqual(['Crisis team Administrator', 'Unit 0 Member']);
  const { invitationsByAddress } = world.network();
  expect(invitationsByAddress['p3@people.example'] ?? 0).toBe(0);
  expect(invitationsByAddress['p4@people.example']).toBe(1);

  const { rows } = await world.database.pool.query<{ xid: string; text: string }>(
    `SELECT xid, text FROM run_warning WHERE code = 'unknown_exception'`,
  );
  expect(rows.map(({ xid }) => xid)).toEqual(['0003']);
  expect(rows[0]?.text).toContain('exceptions[2].externalIds[1], line ');

  await world.database.pool.query(
    `INSERT INTO due (customer_id, xid, reason) SELECT customer_id, xid, 'test' FROM record ON CONFLICT DO NOTHING`,
  );
  const again = await (await world.start('dry')).result();
  expect(await changesOf(again.run)).toEqual([]);
});

test('a dry run of a draft shows everybody it would change, and changes nothing', async () => {
  const before = JSON.stringify(world.network().people);
  const draft = await keepDraft(`${MAPPING}exceptions:\n  - externalIds: ["4"]\n    notInNetwork: true\n`);
  const shown = await dryRunOf(draft);
  expect(shown).toMatchObject({ status: 'done', done: 0 });
  const changes = await changesOf(shown.run);
  expect(changes.filter(({ kind }) => kind === 'create').map(({ xid }) => xid)).toEqual(['1', '2']);
  expect(changes.filter(({ kind }) => kind === 'suspend').map(({ xid }) => xid)).toEqual(['4']);
  expect(JSON.stringify(world.network().people)).toBe(before);

  const { rows } = await world.database.pool.query<{ version: number | null; status: string }>(
    `SELECT r.mapping_version AS version, m.status FROM run r
     JOIN mapping m ON m.customer_id = r.customer_id AND m.version = $2 WHERE r.number = $1`,
    [shown.run, draft],
  );
  expect(rows).toEqual([{ version: draft, status: 'draft' }]);
  // People whom the dry run would change are not due for the active mapping.
  const ordinary = await (await world.start('dry')).result();
  expect(await changesOf(ordinary.run)).toEqual([]);
});

const LINK_OF_5 = `SELECT state, user_name, written, password, invited_at, suspended_at, updated_at FROM link WHERE xid = '5'`;

test('feature 9: who becomes an exception later is left as they are, or leaves; and comes back as the same account', async () => {
  const link = await world.database.pool.query(LINK_OF_5);
  await world.useMapping(
    `${MAPPING}exceptions:\n  - externalIds: ["5"]\n    leaveAlone: true\n  - externalIds: ["6"]\n    notInNetwork: true\n`,
  );
  // Nobody names 5 any more, and 7 really left.
  await world.deliver(csvOf(everybody.filter(({ id }) => id !== '5' && id !== '7')));
  expect(await live()).toMatchObject({ status: 'done', failed: 0, held: 0 });
  expect(person('5')?.active).toBe(true);
  expect([person('6')?.active, person('7')?.active]).toEqual([false, false]);
  const after = await world.database.pool.query(LINK_OF_5);
  expect(after.rows).toEqual(link.rows);
  const { rows } = await world.database.pool.query<{ rule: string; xid: string }>(
    `SELECT change->'reason'->>'rule' AS rule, xid FROM change WHERE kind = 'suspend' AND status = 'done' ORDER BY xid`,
  );
  expect(rows).toEqual([
    { rule: 'exceptions[1]', xid: '6' },
    { rule: 'missing', xid: '7' },
  ]);

  await world.useMapping(MAPPING);
  await world.deliver(csvOf(everybody.filter(({ id }) => id !== '7')));
  expect(await live()).toMatchObject({ status: 'done', failed: 0 });
  expect([person('5')?.active, person('6')?.active]).toEqual([true, true]);
});

test('only a dry run can be of another version, and only of one that is there', async () => {
  const { client } = world.temporal;
  const start = (order: object, id: string) =>
    client.workflow.execute('dailySync', {
      taskQueue: world.config.taskQueue,
      workflowId: `daily-sync/${world.customer}/dry/${id}`,
      args: [{ customer: world.customer, requestedBy: 'test', ...order }],
    });
  const wrong = [
    [{ kind: 'live', mapping: 1 }, /A live run uses the active mapping/],
    [{ kind: 'dry', mapping: '3' }, /The mapping of a run is the number of a version/],
    [{ kind: 'dry', mapping: 0 }, /The mapping of a run is the number of a version/],
    [{ kind: 'dry', mapping: 99 }, /has no mapping of version 99\. Nothing was changed/],
  ] as const;
  for (const [index, [order, sentence]] of wrong.entries()) {
    const error: unknown = await start(order, `wrong-${index}`).catch((thrown: unknown) => thrown);
    const causes: string[] = [];
    for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(cause.message);
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(causes.join(' ')).toMatch(sentence);
  }
});
