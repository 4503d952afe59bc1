import { join } from 'node:path';
import {
  Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowHandle,
} from '@temporalio/client';
import { DateTime } from 'luxon';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sealSourceCredentials } from '../../../src/connections/credentials.js';
import { createLogger } from '../../../src/log.js';
import { readSmtpUrl } from '../../../src/mail/settings.js';
import { MESSAGE_NAMES } from '../../../src/workflows/onboarding/messages.js';
import type { OnboardingOrder } from '../../../src/onboarding/messages.js';
import { itemOf } from '../../../src/onboarding/state.js';
import { loadKeys } from '../../../src/secrets/keys.js';
import { saveContacts } from '../../../src/store/contacts.js';
import { saveSource } from '../../../src/store/customers.js';
import { startWorker, type RunningWorker } from '../../../src/worker.js';
import { startRawServer } from '../../mail/raw-server.js';
import { AfasServer, TOKEN } from '../../sources/afas-server.js';
import { Course } from '../../support/course.js';
import { addCustomer } from '../../support/customers.js';
import { detailsOf } from '../../support/details.js';
import { madeUpPeople } from '../../support/people.js';
import { runsOf } from '../../support/runs-of.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { openWorld, type World } from '../../support/world.js';

/** A Monday, weeks from now, so that nothing is due while the tests run. */
const START = DateTime.utc().plus({ weeks: 2 }).startOf('week').toISODate() ?? '';

let world: World;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  world = await openWorld({ customer: 'other', env: { USERSYNC_LOG_LEVEL: 'silent' } });
  await world.startWorker();
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

afterAll(() => world.close());

async function aCourse(slug: string, order: Partial<OnboardingOrder> = {}, of: World = world): Promise<Course> {
  const trusts = of.config.trustTemporalUi;
  const course = new Course(of, await addCustomer(of, slug), !trusts);
  await course.start({ start: START, ...order });
  await course.until('had its dates', ({ schedule }) => schedule !== null);
  return course;
}

/** A worker of its own beside the common one, with other settings. */
async function worldWith(changes: {
  readonly taskQueue: string;
  readonly config?: Partial<World['config']>;
  readonly databaseUrl?: string;
}): Promise<World> {
  const { drop, temporal } = world;
  const config = { ...world.config, ...changes.config, taskQueue: changes.taskQueue };
  const worker: RunningWorker = await startWorker({
    config: { ...config, dropPublicAddress: `${drop.host}:${drop.port}` },
    databaseUrl: changes.databaseUrl ?? world.databaseUrl,
    temporal: { connection: { address: temporal.address }, namespace: temporal.namespace },
    log: createLogger('silent'),
    workflowBundle: { codePath: join(world.compiled, 'workflow-bundle.js') },
  });
  closers.push(() => worker.close());
  return { ...world, config };
}

describe('an onboarding that cannot begin is refused with a sentence', () => {
  async function refusalOf(slug: string, order: Partial<OnboardingOrder>): Promise<string> {
    const handle = await world.temporal.client.workflow.start('onboarding', {
      workflowId: `onboarding/${slug}`,
      taskQueue: world.config.taskQueue,
      args: [{ customer: slug, start: START, source: 'sftp', requestedBy: 'staff-1', ...order }],
    });
    return failureOf(handle);
  }

  test('of a start in the past, of wrong holidays, durations and fields', async () => {
    await addCustomer(world, 'wrong-order');
    expect(await refusalOf('wrong-order', { start: '2020-01-06' })).toMatch(/is in the past\. Choose/);
    expect(await refusalOf('wrong-order', { start: '2027-02-30' })).toContain('does not exist in the calendar');
    expect(await refusalOf('wrong-order', { holidays: ['2027-13-01'] })).toContain('Among the holidays');
    expect(await refusalOf('wrong-order', { durations: { setup: 0 } })).toContain('only whole days from 1 to 60');
    expect(await refusalOf('wrong-order', { start: 'Monday' })).toContain('Nothing was started');
    expect(await refusalOf('wrong-order', { speed: -1 })).toContain('The field "speed" of the order is wrong');
    const { length } = await world.database.prisma.onboarding.findMany({ where: { customerId: 'wrong-order' } });
    expect(length).toBe(0);
  });

  test('of an unknown customer, one without contacts, and one in no time zone', async () => {
    expect(await refusalOf('nobody', {})).toContain('nobody');
    const { customer } = await addCustomer(world, 'without-contacts');
    await saveContacts(world.database, customer, []);
    expect(await refusalOf(customer, {})).toContain('at least one and two are needed');
    await addCustomer(world, 'on-mars', 'Mars/Olympus');
    expect(await refusalOf('on-mars', {})).toContain('is no IANA time zone');
  });

  test('on a holiday or a Saturday it begins on the next working day', async () => {
    const saturday = DateTime.fromISO(START).minus({ days: 2 }).toISODate() ?? '';
    const tuesday = DateTime.fromISO(START).plus({ days: 1 }).toISODate() ?? '';
    const course = await aCourse('on-a-holiday', { start: saturday, holidays: [START] });
    const { plan, events } = await course.state();
    expect(plan.start).toBe(tuesday);
    expect(events.find(({ what }) => what === 'started')?.text).toContain('is no working day and is taken as');
    await course.say('cancel', { by: course.contacts.manager, reason: 'it was a trial' });
    await course.handle.result();
  });

  test('a second time while the first is under way, or after it has finished', async () => {
    const course = await aCourse('twice');
    await expect(course.start({ start: START })).rejects.toThrow(WorkflowExecutionAlreadyStartedError);
    await course.whole();
    expect(await course.handle.result()).toMatchObject({ status: 'done' });
    expect(await refusalOf('twice', {})).toContain('is finished already. Nothing was started');
    expect(await world.database.prisma.onboarding.count({ where: { customerId: 'twice' } })).toBe(1);
  });
});

describe('what makes no sense', () => {
  const SENSELESS: readonly unknown[] = [
    null,
    'approve it please',
    42,
    [],
    {},
    { by: 7 },
    { by: 'c-hr', surplus: true },
    { by: 'c-hr', item: { toString: 'x' }, reason: [], text: 1, version: '1', to: null },
    JSON.parse('{"__proto__": {"by": "c-hr"}, "by": "c-hr"}'),
  ];

  test('is refused by update with a sentence, and by signal is shown as refused; nothing is changed', async () => {
    const course = await aCourse('senseless');
    const before = await course.state();
    // Temporal takes ten updates of a workflow at once.
    for (const names of [MESSAGE_NAMES.slice(0, 8), MESSAGE_NAMES.slice(8)]) {
      for (const value of SENSELESS) {
        const sentences = await Promise.all(names.map((name) => course.refusal(course.say(name, value as never))));
        expect(sentences.filter((sentence) => !sentence.endsWith('Nothing was changed.'))).toEqual([]);
      }
    }
    expect(await course.state()).toMatchObject({ items: before.items, seq: before.seq });
    await Promise.all(MESSAGE_NAMES.flatMap((name) => SENSELESS.map((value) => course.signal(name, value as never))));
    const refused = MESSAGE_NAMES.length * SENSELESS.length;
    const after = await course.until('showed them', ({ seq }) => seq === before.seq + refused);
    expect({ ...after, ...varying }).toEqual({ ...before, ...varying });
    expect(await detailsOf(course.handle as WorkflowHandle)).toContain('a signal was refused');

    const note = (megabytes: number) => ({
      ...{ item: 'known-exceptions', by: course.contacts.hr },
      note: 'x'.repeat(megabytes * 1_000_000),
    });
    expect(await course.refusal(course.say('deliver', note(1)))).toContain('of at most 2000 characters');
    await course.signal('deliver', note(1));
    await course.until('showed it', ({ seq }) => seq === before.seq + refused + 1);
    // As much as Temporal takes, from somebody without the codec, as its UI is.
    const plain = new Client({ connection: world.temporal.connection, namespace: world.temporal.namespace });
    const much = plain.workflow.getHandle(course.handle.workflowId).executeUpdate('deliver', { args: [note(2)] });
    expect(await course.refusal(much as Promise<string>)).toContain('of at most 2000 characters');
    // More than it takes.
    await expect(course.signal('deliver', note(3))).rejects.toThrow();
    await course.say('pause', { by: course.contacts.manager, reason: 'too much said' });
    expect((await course.state()).status).toBe('paused');
  });

  test('in a flood of a thousand holds up nobody: what makes sense is taken, the rest is shown', async () => {
    const course = await aCourse('flood');
    const { runId } = await course.handle.describe();
    const { hr, manager, engineer } = course.contacts;
    const { seq } = await course.state();
    const signals = Array.from({ length: 1_000 }, (_, index) => {
      if (index % 4 === 0) return course.signal('check', { item: 'no-such-thing', by: engineer });
      if (index % 4 === 2) return course.signal('approve', 'yes' as never);
      const note = `as said ${index}`;
      return course.signal('deliver', { item: 'known-exceptions', by: hr, recordedBy: manager, note });
    });
    await Promise.all([...signals, course.giveAccess()]);
    const state = await course.until('took them all', (now) => now.seq >= seq + 1_000 && now.recorded === now.seq);
    expect(await countEvents(course, { what: 'delivered', about: 'known-exceptions' })).toBe(500);
    expect(await countEvents(course, { refused: true })).toBe(500);
    expect(itemOf(state, 'known-exceptions')).toMatchObject({ state: 'delivered' });
    expect(itemOf(state, 'sftp-login').state).toBe('checked');
    await course.say('cancel', { by: manager, reason: 'it was a trial' });
    await course.handle.result();
    const runs = await runsOf(world.temporal.client, course.handle.workflowId, runId);
    expect(runs.map(({ events }) => events).filter((events) => events > 2_000)).toEqual([]);
  });
});

describe('what fails around it', () => {
  test('a mail server that dies in the middle of a message: sent once, and the project manager sees the doubt', async () => {
    const server = await startRawServer('dot', 'reset');
    closers.push(() => server.close());
    const smtp = readSmtpUrl(`smtp://127.0.0.1:${server.port}`);
    const dying = await worldWith({ taskQueue: 'dying-mail', config: { mail: { ...world.config.mail, smtp } } });
    const course = await aCourse('dying-mail', {}, dying);
    const { manager, hr } = course.contacts;
    await course.say('ask', { by: manager, to: hr, text: 'Where does head office belong?' });
    const { mailsInDoubt } = await course.until('saw the doubt', (state) => state.mailsInDoubt > 0);
    expect(mailsInDoubt).toBe(1);
    expect(await detailsOf(course.handle as WorkflowHandle)).toContain(
      'Of one mail it is not known whether it arrived',
    );
    await course.say('answer', { question: 'q1', by: hr, recordedBy: manager, text: 'It is a location.' });
    const mails = await world.database.prisma.mail.findMany({
      where: { customerId: course.customer, kind: 'question' },
    });
    expect(mails.map(({ status, tries }) => [status, tries])).toEqual([['unknown', 1]]);
    expect(
      server.received.filter((text) => text.includes('head office') && !text.includes('It is a location')),
    ).toHaveLength(1);
  });

  test('no mail server at all: the work goes on, and everybody can see what was not sent', async () => {
    // Nobody listens on the port of what nobody may use.
    const mail = { ...world.config.mail, smtp: readSmtpUrl('smtp://127.0.0.1:9') };
    const mute = await worldWith({ taskQueue: 'without-mail', config: { mail, trustTemporalUi: true } });
    const course = await aCourse('without-mail', {}, mute);
    await course.whole();
    expect(await course.handle.result()).toMatchObject({ status: 'done' });
    const mails = await world.database.prisma.mail.findMany({ where: { customerId: course.customer } });
    expect(mails.length).toBeGreaterThan(3);
    expect([...new Set(mails.map(({ status }) => status))]).toEqual(['not_sent']);
    expect(mails.filter(({ problem }) => problem === null)).toEqual([]);
  });

  test('Postgres is away in the middle, and back: nothing is lost and nothing is twice', async () => {
    const { hostname, port } = new URL(world.databaseUrl);
    const proxy: TcpProxy = await startTcpProxy({ host: hostname, port: Number(port) });
    closers.push(() => proxy.close());
    const url = new URL(world.databaseUrl);
    url.port = String(proxy.port);
    const away = await worldWith({ taskQueue: 'postgres-away', databaseUrl: url.href });
    const course = await aCourse('postgres-away', {}, away);
    await course.setUp();
    proxy.cut();
    const saying = course.say('ask', { by: course.contacts.manager, to: course.contacts.hr, text: 'Are you there?' });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    proxy.mend();
    expect(await saying).toContain('Question q1');
    await course.agreeOnMapping();
    await course.say('answer', {
      question: 'q1',
      by: course.contacts.hr,
      recordedBy: course.contacts.manager,
      text: 'Yes.',
    });
    await course.implement();
    await course.test();
    await course.release();
    expect(await course.handle.result()).toMatchObject({ status: 'done' });
    expect(await countEvents(course, { what: `asked ${course.contacts.hr}` })).toBe(1);
    const { groups } = world.sandbox.control.state(course.added.networkEid);
    expect(new Set(groups.map(({ name, parent }) => `${name}/${parent}`)).size).toBe(groups.length);
  });

  test('a network that refuses to create groups: shown, and created when it is tried again', async () => {
    const course = await aCourse('refusing-network');
    await course.setUp();
    await course.until('planned the groups', ({ groups }) => groups.status === 'open');
    const fault = { network: course.added.networkEid, kind: 'status', status: 403, method: 'POST' } as const;
    world.sandbox.control.addFault(fault);
    await course.approve('groups', 1, course.contacts.boss);
    await course.approve('groups', 1, course.contacts.engineer);
    await course.until('said so', ({ problems }) => problems.some(({ about }) => about === 'groups'));
    world.sandbox.control.clearFaults();
    await course.say('retry', { item: 'groups', by: course.contacts.engineer });
    await course.until('created the groups', (state) => itemOf(state, 'groups').state === 'checked');
    const { groups } = world.sandbox.control.state(course.added.networkEid);
    expect(groups.map(({ name }) => name)).toEqual(expect.arrayContaining(['Unit 0', 'Unit 1', 'Unit 2']));

    // The same customer's concept, in a flood of its own.
    const version = await course.propose();
    const concept = world.temporal.client.workflow.getHandle(`onboarding/${course.customer}/mapping/1`);
    const nonsense = { subject: 'mapping', version: version + 7, by: course.contacts.hr, reason: 'none' };
    await Promise.all(Array.from({ length: 700 }, () => concept.signal('reject', nonsense)));
    await course.approveMapping();
    expect(await concept.result()).toMatchObject({ status: 'approved' });
    expect((await concept.fetchHistory()).events?.length).toBeLessThan(2_000);
    expect(await countEvents(course, { refused: true, what: 'decide about a concept' })).toBeGreaterThan(0);
  });

  test('a source that cannot be reached at the first look is shown, and read when somebody asks again', async () => {
    const header = ['Id', 'First'];
    const rows = madeUpPeople(1, 3).map(({ id }) => ({ Id: id, First: 'Made Up' }));
    const server = await AfasServer.start({ Employees: { rows, fields: header } });
    closers.push(() => server.close());
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(server.base).port) });
    closers.push(() => proxy.close());
    const base = new URL(server.base);
    base.port = String(proxy.port);
    const course = await aCourse('unreachable', { source: 'api' });
    const { key } = await loadKeys(world.config);
    await saveSource(world.database, course.added.customer, {
      kind: 'afas',
      settings: { base: base.href, connector: 'Employees', keyField: 'Id', take: 100 },
      credentials: sealSourceCredentials(key, course.added.customer, { token: TOKEN }),
    });
    proxy.cut();
    await course.deliver('api-credentials', {}, course.contacts.it);
    const seen = await course.until('looked', (state) => itemOf(state, 'first-read').finding !== null);
    expect(itemOf(seen, 'first-read').finding).toContain('cannot be reached');
    expect(itemOf(seen, 'first-read').state).toBe('open');
    proxy.mend();
    await course.say('retry', { item: 'first-read', by: course.contacts.engineer });
    await course.until('read it', (state) => itemOf(state, 'first-read').state === 'checked');
  });
});

/** What differs although nothing was changed. */
const varying = { events: null, seq: null, recorded: null, schedule: null };

function countEvents(
  course: Course,
  where: { readonly what?: string; readonly about?: string; readonly refused?: boolean },
): Promise<number> {
  return world.database.prisma.onboardingEvent.count({
    where: { ...where, onboarding: { customerId: course.customer } },
  });
}

async function failureOf(handle: WorkflowHandle): Promise<string> {
  const error: unknown = await handle.result().catch((thrown: unknown) => thrown);
  if (!(error instanceof WorkflowFailedError)) return `It did not fail: ${JSON.stringify(error)}`;
  return deepest(error.cause);
}

function deepest(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : deepest(error.cause);
}
