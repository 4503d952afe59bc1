import { decide, startRun, type StartedRun } from '../../src/temporal/runs.js';
import { refuseSignal, type RunOrder, type RunResult } from '../../src/workflows/messages.js';
import { freeze, unfreeze } from '../../src/store/freezes.js';
import { savePilot } from '../../src/store/pilots.js';
import { Course } from '../support/course.js';
import { addContacts, Change, CONTACTS, RELEASED } from '../support/change.js';
import { addCustomer } from '../support/customers.js';
import { ReleaseCourse } from '../support/release-course.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { TestBench } from '../support/testing.js';
import { until } from '../support/until.js';
import { openWorld, type World, type WorldOptions } from '../support/world.js';
import { keepHistory, removeHistories } from './histories.js';

const everybody = madeUpPeople(1, 30);

interface Part {
  readonly options: WorldOptions;
  record(world: World): Promise<void>;
}

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['days', { options: {}, record: recordDays }],
  ['decisions', { options: {}, record: recordDecisions }],
  ['failures', { options: {}, record: recordFailures }],
  ['chain', { options: { env: { USERSYNC_BATCH_SIZE: '5', USERSYNC_HISTORY_EVENTS: '60' } }, record: recordChain }],
  ['orders', { options: {}, record: recordOrders }],
  ['changes', { options: {}, record: recordChanges }],
  ['tests', { options: {}, record: recordTests }],
  ['releases', { options: {}, record: recordReleases }],
  ['onboardings', { options: { customer: 'other' }, record: recordOnboardings }],
  ['odd-onboardings', { options: { customer: 'other' }, record: recordOddOnboardings }],
]);

/**
 * Runs a small world with made-up people through every kind of run, and keeps the histories; all of them anew, or only
 * those of the named parts. @throws Error when there is no such part.
 */
export async function recordHistories(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !PARTS.has(name));
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are ${[...PARTS.keys()].join(', ')}.`);
  if (names.length === 0) await removeHistories();
  for (const [name, { options, record }] of PARTS) {
    if (names.length === 0 || names.includes(name)) await inWorld(options, record);
  }
}

async function inWorld(options: WorldOptions, record: (world: World) => Promise<void>): Promise<void> {
  // A history is replayed without the key of the world that it comes from.
  const world = await openWorld({ ...options, env: { ...options.env, USERSYNC_PAYLOAD_CODEC: 'off' } });
  try {
    await world.useMapping(MAPPING);
    await world.startWorker();
    await record(world);
  } finally {
    await world.close();
  }
}

async function recordDays(world: World): Promise<void> {
  await world.deliver(csvOf(everybody));
  await keepEnded(world, 'dry-run', await world.start('dry'));
  await keepEnded(world, 'first-sync', await world.start('live'));
  await keepStarter(world, 'starter');
  await world.deliver(csvOf(everybody));
  await keepEnded(world, 'quiet-day', await world.start('live'));
  await world.deliver('');
  await keepEnded(world, 'rejected', await world.start('live'));
}

async function recordDecisions(world: World): Promise<void> {
  const { client } = world.temporal;
  await world.deliver(csvOf(everybody));
  await (await world.start('live')).result();

  await world.deliver(csvOf([...everybody.slice(0, 20), { id: '31', title: 'Director' }]));
  const approved = await startHeld(world);
  await decide(client, world.customer, { by: 'staff-1', kind: 'suspend', comment: 'a shop was sold' }, true);
  await keepEnded(world, 'approved-by-update', approved);

  await world.deliver(csvOf(everybody.slice(0, 2)));
  const refused = await startHeld(world);
  const handle = client.workflow.getHandle(refused.workflowId);
  await handle.signal(refuseSignal, { by: 'staff-1', kind: 'join' });
  await handle.signal(refuseSignal, { by: 'staff-1' });
  await keepEnded(world, 'refused-by-signal', refused);

  const older = await startHeld(world);
  const { runId } = await client.workflow.getHandle(older.workflowId).describe();
  const newer = await startHeld(world);
  await keep(world, 'superseded', older.workflowId, runId);
  await keepStarter(world, 'starter-that-waited');
  await client.workflow.getHandle(newer.workflowId).cancel();
  await keepEnded(world, 'cancelled-while-waiting', newer);
}

async function recordFailures(world: World): Promise<void> {
  await world.deliver(csvOf(everybody));
  const slow = { network: world.networkEid, kind: 'slow', delayMs: 500, path: '/scim/*' } as const;
  world.sandbox.control.addFault(slow);
  const cancelled = await world.start('live');
  await until(async () => (await cancelled.progress())?.step === 'applying');
  await world.temporal.client.workflow.getHandle(cancelled.workflowId).cancel();
  await keepEnded(world, 'cancelled-while-applying', cancelled);
  world.sandbox.control.clearFaults();

  await world.deliver(csvOf(everybody));
  const fault = { network: world.networkEid, kind: 'status', status: 401, path: '/scim/*' } as const;
  world.sandbox.control.addFault(fault);
  await keepEnded(world, 'failed', await world.start('live'));
}

/** Runs that do not simply bring the network up to the record. */
async function recordOrders(world: World): Promise<void> {
  const { database, customer, temporal, config } = world;
  const run = async (name: string, kind: 'dry' | 'live', order: Partial<RunOrder>): Promise<RunResult> => {
    const whole: RunOrder = { customer, kind, requestedBy: 'pm-1', ...order };
    const started = await startRun(temporal.client, config.taskQueue, whole, name);
    await keepEnded(world, name, started);
    return started.result();
  };
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await freeze(database, customer, { day, by: 'pm-1', reason: 'HR moves' });
  await world.deliver(csvOf(everybody));
  await run('frozen', 'live', { delivery: 'newest' });
  await unfreeze(database, customer, 'pm-1');
  await run('pilot', 'live', { only: await savePilot(database, customer, { by: 'pm-1', xids: ['2', '7'] }) });
  await (await world.start('live', { delivery: 'last' })).result();
  await world.deliver(csvOf([...everybody.slice(0, 28), { id: '31', title: 'Director' }]));
  const second = await (await world.start('live')).result();
  await run('undo-planned', 'dry', { undo: second.run });
  await run('undo', 'live', { undo: second.run });
  await run('reconcile-report', 'dry', { reconcile: 'report' });
  await run('reconcile-repair', 'live', { reconcile: 'repair' });
  await run('of-a-version', 'dry', { mapping: 1, delivery: 'last' });
}

/** A small one that is done, a structural one that is tested, one that is withdrawn, and one that a flood makes go on in a new history. */
async function recordChanges(world: World): Promise<void> {
  const { hr, manager } = CONTACTS;
  await addContacts(world);
  await world.deliver(csvOf(RELEASED));
  await (await world.start('live')).result();
  const withDepartment = (name: string): string =>
    MAPPING.replace('roles:', `  - department: { name: ${name} }\n    when: Title == "Director"\nroles:`);

  const small = await Change.file(world, { kind: 'add-department', text: 'a department of its own' });
  await small.say('ask', { by: manager, to: hr, text: 'Which one?' });
  await small.say('answer', { by: hr, question: 'q1', text: 'This one.' });
  const sentBack = await small.propose(withDepartment('Heads'));
  await small.say('reject', { by: hr, version: sentBack, reason: 'another word' });
  await small.signal('approve', { by: hr, version: 99 });
  await small.approve(await small.propose(withDepartment('Board')));
  await small.handle.result();
  await keepChange(world, 'change-small', small);
  const last = await newestRunOf(world);
  await keep(world, 'activating-run', `daily-sync/${world.customer}`, last);

  const structural = await Change.file(world, { kind: 'structure', text: 'regions' });
  const on = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await structural.say('agree', { by: manager, on });
  await structural.say('agree', { by: hr, on });
  const version = await structural.propose(
    withDepartment('Board').replace('  - department: { column: Department }\n', ''),
  );
  await structural.say('people', { by: hr, become: 'mixed', text: 'some move' });
  await structural.approve(version);
  const tested = await structural.reportOfTest(version);
  await structural.approveTest(tested, hr);
  await structural.approveTest(tested, manager);
  await structural.until('was applied or not', ({ status, problems }) => status !== 'open' || problems.length > 0);
  await structural.handle.result();
  await keepChange(world, 'change-structural', structural);

  const flooded = await Change.file(world, { kind: 'mapping', text: 'nonsense' });
  const { runId } = await flooded.handle.describe();
  await Promise.all(Array.from({ length: 720 }, () => flooded.signal('retry', { by: manager })));
  await until(async () => (await flooded.handle.describe()).runId !== runId);
  await flooded.say('withdraw', { by: hr, reason: 'a flood' });
  await flooded.handle.result();
  await keep(world, 'change-continued-as-new-1', `change/${world.customer}/${flooded.number}`, runId);
  await keepChange(world, 'change-withdrawn', flooded);
}

async function keepChange(world: World, name: string, { number }: Change): Promise<void> {
  await keep(world, name, `change/${world.customer}/${number}`);
}

async function newestRunOf(world: World): Promise<string> {
  return (await world.temporal.client.workflow.getHandle(`daily-sync/${world.customer}`).describe()).runId;
}

/** One that is approved by both sides, one that is cancelled while it runs, and a sweep. */
async function recordTests(world: World): Promise<void> {
  const bench = await TestBench.of(world, MAPPING, csvOf(everybody));
  try {
    const approved = await bench.begin();
    await approved.toItsDecision();
    await approved.decide('c-hr', true, { accept: 'all' });
    await approved.decide('pm-1');
    await approved.started.result();
    await keep(world, 'test-approved', approved.started.workflowId);
    await keep(world, 'test-cut-day', `${approved.started.workflowId}/guards`);
    const canceled = await bench.begin();
    await until(async () => (await canceled.progress()).step === 'activation test', 60);
    await world.temporal.client.workflow.getHandle(canceled.started.workflowId).cancel();
    await canceled.started.result();
    await keep(world, 'test-canceled', canceled.started.workflowId);
    const sweep = { taskQueue: world.config.taskQueue, workflowId: 'sweep-tests-now', args: [] };
    await world.temporal.client.workflow.execute('sweepTests', sweep);
    await keep(world, 'sweep', sweep.workflowId);
  } finally {
    await bench.close();
  }
}

/** One that reaches the acceptance with a pause between, and one that is stopped while it waits for its approval. */
async function recordReleases(world: World): Promise<void> {
  const course = new ReleaseCourse(world);
  await course.saveContacts();
  await world.deliver(csvOf(everybody));
  await (await world.start('dry', { delivery: 'newest' })).result();
  const whole = await course.begin(await course.plan({ approveBetween: true, tolerance: { percent: 5, floor: 2 } }));
  await whole.completeChecklist();
  const first = await whole.approve();
  await whole.reached('asked for wave 2', ({ shown }) => (shown?.plan ?? 0) > (first.shown?.plan ?? 0));
  await whole.say('pause', { by: 'pm-1', comment: 'the phone rings' });
  await whole.signal('approve', { by: 'c-hr' });
  await whole.say('resume', { by: 'pm-1' });
  const second = await whole.approve(first.shown?.plan);
  await whole.approve(second.shown?.plan);
  await whole.reached('watching', ({ step }) => step === 'watching the first days');
  await (await world.start('live', { delivery: 'last' })).result();
  await whole.reached('watched', ({ step }) => step === 'waiting for acceptance');
  await whole.say('accept', { by: 'c-hr' });
  await whole.release.result();
  await keep(world, 'release-whole', whole.release.workflowId);

  const other = await course.begin(await course.plan());
  await other.completeChecklist();
  await other.reached('asked', ({ step }) => step === 'waiting for approval');
  await other.say('stop', { by: 'pm-1', comment: 'the works council' });
  await other.release.result();
  await keep(world, 'release-stopped', other.release.workflowId);
}

/** Every history of a run that continues as new. */
async function recordChain(world: World): Promise<void> {
  await world.deliver(csvOf(everybody));
  const run = await world.start('live');
  await run.result();
  const query = `WorkflowId = "${run.workflowId}"`;
  const chain = [];
  for await (const { runId, startTime } of world.temporal.client.workflow.list({ query }))
    chain.push({ runId, startTime });
  chain.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
  for (const [index, { runId }] of chain.entries()) {
    await keep(world, `continued-as-new-${index + 1}`, run.workflowId, runId);
  }
}

/** One that reaches the daily sync, with a concept that is rejected and one that is approved; and one that is cancelled. */
async function recordOnboardings(world: World): Promise<void> {
  const start = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const whole = new Course(world, await addCustomer(world, 'korenaar'));
  await whole.start({ start });
  const { hr, manager } = whole.contacts;
  await whole.setUp();
  await whole.agreeOnGroups();
  const version = await whole.propose();
  await whole.sayToConcept('comment', { version, line: 'G1', by: hr, recordedBy: manager, text: 'One by one.' });
  await whole.sayToConcept('reject', { subject: 'mapping', version, by: hr, recordedBy: manager, reason: 'see there' });
  await whole.until('heard of the rejection', ({ mapping }) => mapping.status === 'changes requested');
  await whole.propose();
  await whole.approveMapping();
  await whole.implement();
  await whole.test();
  await whole.release();
  await whole.handle.result();
  await keep(world, 'onboarding-whole', 'onboarding/korenaar');
  await keep(world, 'concept-rejected', 'onboarding/korenaar/mapping/1');
  await keep(world, 'concept-approved', 'onboarding/korenaar/mapping/2');

  const other = new Course(world, await addCustomer(world, 'molen'));
  await other.start({ start });
  const by = other.contacts.manager;
  await other.giveAccess();
  await other.say('ask', { by, to: other.contacts.hr, text: 'Where?', about: 'example-record' });
  await other.say('pause', { by, reason: 'they move house' });
  await other.say('resume', { by });
  await other.signal('check', { item: 'nothing', by });
  await other.say('cancel', { by, reason: 'the contract ended' });
  await other.handle.result();
  await keep(world, 'onboarding-cancelled', 'onboarding/molen');
}

/** One that a flood makes go on in a new history, and one that Temporal's own button ends while a concept is open. */
async function recordOddOnboardings(world: World): Promise<void> {
  const start = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const flooded = new Course(world, await addCustomer(world, 'flooded'));
  await flooded.start({ start });
  await flooded.until('had its dates', ({ schedule }) => schedule !== null);
  const { runId } = await flooded.handle.describe();
  const { manager } = flooded.contacts;
  const nonsense = { item: 'no-such-thing', by: manager };
  await Promise.all(Array.from({ length: 720 }, () => flooded.signal('check', nonsense)));
  await until(async () => (await flooded.handle.describe()).runId !== runId);
  await flooded.say('ask', { by: manager, to: flooded.contacts.hr, text: 'Are you there?' });
  await flooded.say('cancel', { by: manager, reason: 'the contract ended' });
  await flooded.handle.result();
  await keep(world, 'onboarding-continued-as-new-1', 'onboarding/flooded', runId);
  await keep(world, 'onboarding-continued-as-new-2', 'onboarding/flooded');

  const ended = new Course(world, await addCustomer(world, 'ended'));
  await ended.start({ start });
  await ended.setUp();
  await ended.propose();
  await ended.propose();
  await ended.handle.cancel();
  await ended.handle.result();
  await keep(world, 'onboarding-cancelled-in-temporal', 'onboarding/ended');
  await keep(world, 'concept-withdrawn', 'onboarding/ended/mapping/1');
  await keep(world, 'concept-left-open', 'onboarding/ended/mapping/2');
}

async function startHeld(world: World): Promise<StartedRun> {
  const run = await world.start('live', { delivery: 'last' });
  await until(async () => (await run.progress())?.step === 'waiting for approval');
  return run;
}

async function keepEnded(world: World, name: string, run: StartedRun): Promise<void> {
  await run.result().catch(() => undefined);
  await keep(world, name, run.workflowId);
}

/** The starter that began last. */
async function keepStarter(world: World, name: string): Promise<void> {
  const starters = [];
  for await (const info of world.temporal.client.workflow.list({ query: `WorkflowType = 'startDailySync'` }))
    starters.push(info);
  const last = starters.sort((a, b) => b.startTime.getTime() - a.startTime.getTime())[0];
  if (last === undefined) throw new Error('No starter was found.');
  await keep(world, name, last.workflowId);
}

async function keep(world: World, name: string, workflowId: string, runId?: string): Promise<void> {
  await keepHistory(name, await world.temporal.client.workflow.getHandle(workflowId, runId).fetchHistory());
}
