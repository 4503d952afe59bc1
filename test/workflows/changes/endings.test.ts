import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChangeOrder } from '../../../src/change-requests/messages.js';
import type { fileChange } from '../../../src/workflows/change-request/file-change.js';
import { freeze, unfreeze } from '../../../src/store/freezes.js';
import { addContacts, Change, CONTACTS, refusalOf } from '../../support/change.js';
import { addOnboarding } from '../../support/bare-customer.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../../support/people.js';
import { until } from '../../support/until.js';
import { openWorld, type World } from '../../support/world.js';
import { decide } from '../../../src/temporal/runs.js';

const { hr, manager } = CONTACTS;
const people: readonly MadeUpPerson[] = [...madeUpPeople(1, 30), { id: '31', title: 'Director' }];

/** A department of its own for one shop. */
function withCounter(document: string, name: string, unit = 'Unit 1'): string {
  return document.replace('roles:', `  - department: { name: ${name} }\n    when: Unit == "${unit}"\nroles:`);
}

let world: World;
let base: number;
let document: string;

beforeAll(async () => {
  world = await openWorld();
  await addContacts(world);
  document = MAPPING;
  base = await world.useMapping(document);
  await world.startWorker();
  await world.deliver(csvOf(people));
  await (await world.start('live')).result();
});

/** Each begins with everything at rest, whatever the one before made of the mapping. */
beforeEach(async () => {
  const active = await world.database.prisma.mapping.findFirst({ where: { status: 'active' } });
  base = active?.version ?? 0;
  document = active?.document ?? '';
});

afterAll(() => world.close());

async function statusOf(version: number): Promise<string> {
  const { status } = await world.database.prisma.mapping.findFirstOrThrow({ where: { version } });
  return status;
}

/** The active mapping and the network are as they were, no version waits, no code counts, nobody holds the right to write. */
async function expectNothingLeft(version: number): Promise<void> {
  const { prisma, pool } = world.database;
  expect(await statusOf(base)).toBe('active');
  expect(await statusOf(version)).toBe('retired');
  expect(await prisma.approvalCode.count({ where: { usedAt: null } })).toBe(0);
  const { rows } = await pool.query<{ held: number }>('SELECT count(*) AS held FROM lease WHERE expires_at > now()');
  expect(rows[0]?.held).toBe(0);
}

describe('a request that ends before it is applied leaves nothing behind', () => {
  test('withdrawn by the customer, also when Speakap writes it down', { timeout: 120_000 }, async () => {
    const change = await Change.file(world, { kind: 'add-department', text: 'x' });
    const version = await change.propose(withCounter(document, 'Counter A'));
    const before = world.network();
    expect(await refusalOf(change.say('withdraw', { by: manager, reason: 'x' }))).toContain("is the customer's");
    await change.say('withdraw', { by: hr, recordedBy: manager, reason: 'not needed' });
    expect(await change.handle.result()).toMatchObject({ status: 'withdrawn', kept: null });
    await expectNothingLeft(version);
    expect(world.network().groups).toEqual(before.groups);
  });

  test('turned down by Speakap, after a version was sent back', { timeout: 120_000 }, async () => {
    const change = await Change.file(world, { kind: 'add-department', text: 'x' });
    const first = await change.propose(withCounter(document, 'Counter B'));
    await change.say('reject', { by: hr, version: first, reason: 'another name' });
    expect(await statusOf(first)).toBe('retired');
    const second = await change.propose(withCounter(document, 'Counter C'));
    expect(await refusalOf(change.say('reject', { by: hr, reason: 'x' }))).toContain('"withdraw"');
    await change.say('reject', { by: manager, reason: 'it cannot be told from the record' });
    expect(await change.handle.result()).toMatchObject({ status: 'rejected', kept: null });
    await expectNothingLeft(second);
  });

  test('cancelled with the button of the Temporal UI', { timeout: 120_000 }, async () => {
    const change = await Change.file(world, { kind: 'add-department', text: 'x' });
    const version = await change.propose(withCounter(document, 'Counter D'));
    await change.handle.cancel();
    expect(await change.handle.result()).toMatchObject({ status: 'withdrawn' });
    await expectNothingLeft(version);
  });
});

describe('filing', () => {
  test(
    'twice with one key is one request, and its number is not started a second time',
    { timeout: 120_000 },
    async () => {
      const key = randomUUID();
      const change = await Change.file(world, { kind: 'mapping', text: 'x' }, { key });
      expect(await refusalOf(Change.file(world, { kind: 'mapping', text: 'x' }, { key }))).toContain(
        'was filed already',
      );
      await change.say('withdraw', { by: hr, reason: 'x' });
      await change.handle.result();
      expect(await refusalOf(Change.file(world, { kind: 'mapping', text: 'x' }, { key }))).toContain(
        'was filed already',
      );
      expect(await world.database.prisma.changeRequest.count({ where: { requestKey: key } })).toBe(1);
    },
  );

  test(
    'in the Temporal UI gets its number from Postgres; one that was made up is refused',
    { timeout: 120_000 },
    async () => {
      const { client } = world.temporal;
      const place = { taskQueue: world.config.taskQueue } as const;
      const order: ChangeOrder = { customer: world.customer, by: hr, kind: 'mapping', text: 'from the UI' };
      const started = { ...place, workflowId: `file/${randomUUID()}`, args: [order] as [ChangeOrder] };
      const id: string = await client.workflow.execute<typeof fileChange>('fileChange', started);
      const change = Change.of(world, Number(id.split('/')[2]));
      expect(await change.until('was open', ({ status }) => status === 'open')).toMatchObject({
        filed: { text: 'from the UI' },
      });
      await change.say('withdraw', { by: hr, reason: 'x' });
      const workflowId = `change/${world.customer}/999`;
      const made = client.workflow.execute('changeRequest', {
        ...place,
        workflowId,
        args: [{ ...order, number: 999 }],
      });
      const error: unknown = await made.catch((thrown: unknown) => thrown);
      expect(String(error instanceof Error ? error.cause : error)).toContain('has no change 999');
    },
  );

  test('waits until a customer is connected', { timeout: 120_000 }, async () => {
    const id = await addOnboarding(world.database, world.customer);
    expect(await refusalOf(Change.file(world, { kind: 'mapping', text: 'x' }))).toContain('is still being connected');
    await world.database.prisma.onboarding.update({ where: { id }, data: { status: 'done' } });
    const change = await Change.file(world, { kind: 'mapping', text: 'x' });
    await change.say('withdraw', { by: hr, reason: 'x' });
    await change.handle.result();
  });
});

describe('two requests at once', () => {
  test('keep their versions side by side, and see that they touch the same', { timeout: 180_000 }, async () => {
    const places = { places: ['Unit 1'] };
    const one = await Change.file(world, { kind: 'add-department', text: 'x' }, places);
    const other = await Change.file(world, { kind: 'add-department', text: 'y' }, { places: ['unit 1'] });
    const first = await one.propose(withCounter(document, 'Counter E'));
    const second = await other.propose(withCounter(document, 'Counter F'));
    expect(await statusOf(first)).toBe('proposed');
    expect((await other.state()).proposal?.conflicts).toEqual([one.number]);
    expect(await refusalOf(other.say('propose', { by: manager, version: first }))).toContain(
      `for change ${one.number} already`,
    );

    // The first that is applied makes the other's version an old one.
    await one.approve(first);
    expect(await one.handle.result()).toMatchObject({ status: 'done' });
    expect(await refusalOf(other.approve(second))).toContain('it would take back what that one does');
    const third = await other.propose(withCounter(withCounter(document, 'Counter E'), 'Counter F'));
    expect(await statusOf(second)).toBe('retired');
    await other.approve(third);
    expect(await other.handle.result()).toMatchObject({ status: 'done' });
    const names = world.network().groups.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Counter E', 'Counter F']));
  });
});

describe('applying', () => {
  test('feature 25: what is done too late is done, and its promise was not kept', { timeout: 120_000 }, async () => {
    // Two days of its clock are three and a half seconds.
    const change = await Change.file(world, { kind: 'add-department', text: 'x', speed: 50_000 });
    await change.until('was late', ({ broken }) => broken.length > 0);
    const version = await change.propose(withCounter(document, 'Counter L'));
    await change.approve(version);
    expect(await change.handle.result()).toMatchObject({ status: 'done', kept: false });
    const row = await world.database.prisma.changeRequest.findFirst({ where: { number: change.number } });
    expect(row).toMatchObject({ status: 'done', kept: false, health: 'late' });
  });

  test('waits while the customer is frozen, and goes on when it is not', { timeout: 180_000 }, async () => {
    const change = await Change.file(world, { kind: 'add-department', text: 'x' });
    const version = await change.propose(withCounter(document, 'Counter G'));
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await freeze(world.database, world.customer, { day, by: manager, reason: 'HR moves' });
    await change.approve(version);
    const { problems } = await change.until('was frozen', (state) => state.problems.length > 0);
    expect(problems[0]?.text).toContain('is frozen until');
    expect(await refusalOf(change.say('withdraw', { by: hr, reason: 'x' }))).toContain('being applied already');
    await unfreeze(world.database, world.customer, manager);
    await change.say('retry', { by: manager });
    expect(await change.handle.result()).toMatchObject({ status: 'done' });
  });

  test(
    'cancelled in the Temporal UI when a part of it failed, it says that the rest stays',
    { timeout: 180_000 },
    async () => {
      const change = await Change.file(world, { kind: 'add-department', text: 'x' });
      const version = await change.propose(withCounter(document, 'Counter M'));
      world.sandbox.control.addFault({ kind: 'status', status: 400, method: 'POST', path: '/users/*/groups/add' });
      await change.approve(version);
      await change.until('failed in part', ({ problems }) => problems.length > 0);
      world.sandbox.control.clearFaults();
      expect(await statusOf(version)).toBe('active');
      await change.handle.cancel();
      const { status, words } = await change.handle.result();
      expect(status).toBe('withdrawn');
      expect(words).toContain(`Version ${version} of the mapping is the active one all the same`);
      expect(words).not.toContain('Nothing of it was changed');
      expect(await statusOf(version)).toBe('active');
    },
  );

  test(
    'asks again when the record brings more than was approved; refused, the version before stays',
    { timeout: 240_000 },
    async () => {
      const change = await Change.file(world, { kind: 'add-department', text: 'x' });
      const version = await change.propose(withCounter(document, 'Counter H'));
      const moved = people.map((person) => ({ ...person, title: person.title ?? 'Senior clerk' }));
      await world.deliver(csvOf(moved));
      await change.approve(version);
      const { client } = world.temporal;
      const run = client.workflow.getHandle(`daily-sync/${world.customer}`);
      await until(async () => (await held(run)) === 'waiting for approval', 60);
      // Before anybody has decided nothing is changed, the mapping included.
      expect(await statusOf(base)).toBe('active');
      await decide(client, world.customer, { by: manager, comment: 'too many' }, false);
      const { problems } = await change.until('was refused', (state) => state.problems.length > 0);
      expect(problems[0]?.text).toContain('The version before is still the active one');
      expect(await statusOf(base)).toBe('active');

      await change.say('retry', { by: manager });
      await until(async () => (await held(run)) === 'waiting for approval', 60);
      await decide(client, world.customer, { by: manager, comment: 'HR says so' }, true);
      expect(await change.handle.result()).toMatchObject({ status: 'done' });
      expect(await statusOf(version)).toBe('active');
    },
  );
});

/** Which step a run that may not be there is in. */
async function held(run: { query<T>(name: string): Promise<T> }): Promise<string | null> {
  return run
    .query<{ step: string } | null>('progress')
    .then((progress) => progress?.step ?? null)
    .catch(() => null);
}
