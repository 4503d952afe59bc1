import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HistoryTexts } from '../support/history-texts.js';
import { serverLogs, toldByTemporal } from '../support/told.js';
import { until } from '../support/until.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';
import { openWorld, type World } from '../support/world.js';

const MAPPING = `
format: 1
externalId: Id
active: Status == "Active"
columns:
  givenName: First
  familyName: Last
  email: Mail
  telephoneNumber: Phone
groups:
  - businessUnit: { column: Unit }
invitations:
  - audience: email
options:
  createMissingGroups: true
`;
const HEADER = 'Id;First;Last;Mail;Phone;Unit;Status';

/** Names that nothing else in the world has. */
function personOf(n: number): string {
  return `XQ-70-${n};Quirijnus${n};Zandlopertje${n};q${n}@geheim.example;+3161234${1000 + n};Winkel;Active`;
}

const people = Array.from({ length: 40 }, (_, index) => personOf(100 + index));
const SECRET = /XQ-70|Quirijnus|Zandlopertje|geheim\.example|\+3161234|Maik|Lastt/;

let world: World;
let worker: WorkerProcess;
let texts: HistoryTexts;
let told: string;
/** What was said while something was still tried again. */
const meanwhile: string[] = [];
const problems: string[] = [];

beforeAll(async () => {
  // What a run hands over is judged as it is, before any of it is encrypted.
  world = await openWorld({ env: { USERSYNC_PAYLOAD_CODEC: 'off' } });
  await world.useMapping(MAPPING);
  worker = startWorkerProcess(world, { USERSYNC_LOG_LEVEL: 'trace' });
  await badFiles();
  await troubleWithPeople();
  await troubleWithTables();
  texts = await toldByTemporal(world);
  told = [...texts.all, ...meanwhile, ...problems, worker.output(), await serverLogs(world)].join('\n');
}, 180_000);

afterAll(async () => {
  await worker.stop();
  await world.close();
});

function fileOf(rows: readonly string[], header = HEADER): string {
  return [header, ...rows, ''].join('\r\n');
}

async function badFiles(): Promise<void> {
  await deliverAndEnd([personOf(1), ...people, ''].join('\r\n'));
  // Without a header the first person stands in its place; one is called nearly as a column is.
  await deliverAndEnd(['Id1;Maik;Lastt;q1@geheim.example;+31612341001;Winkel;Active', ...people, ''].join('\r\n'));
  await deliverAndEnd(fileOf(people, HEADER.replace('Mail', 'E-mail')));
  await deliverAndEnd(fileOf(people).slice(0, -20));
  await deliverAndEnd(`${fileOf(people)}"XQ-70-1;Quirijnus`);
  const odd = [
    `${personOf(2)};surplus Quirijnus2`,
    'XQ-70-3;Quirijnus3',
    personOf(4).replace('XQ-70-4', ''),
    personOf(5).replace('q5@geheim.example', 'no address of Quirijnus5'),
    personOf(6).replace('Zandlopertje6', 'Zandlopertje6\u0007'),
    personOf(7).replace('Quirijnus7', `Quirijnus7${'x'.repeat(3000)}`),
  ];
  await deliverAndEnd(fileOf([...people, ...odd]));
}

/** Accounts, addresses and invitations that the network refuses, and answers that repeat what was sent. */
async function troubleWithPeople(): Promise<void> {
  const path = '/scim/v2/Users';
  fault({ kind: 'status', status: 409, method: 'POST', path, times: 2 });
  fault({ kind: 'status', status: 400, method: 'POST', path, times: 2 });
  fault({ kind: 'status', status: 500, method: 'POST', path: '/users/*/groups/add', times: 2 });
  const [known, ...others] = people;
  const again = known?.replace('XQ-70-100', 'XQ-70-900') ?? '';
  await deliverAndEnd(fileOf([...others, again, ...Array.from({ length: 10 }, (_, index) => personOf(300 + index))]));
  world.sandbox.control.clearFaults();
  fault({ kind: 'status', status: 401 });
  await deliverAndEnd(fileOf([...people, personOf(400)]));
  world.sandbox.control.clearFaults();
}

/** Postgres itself repeats values in its errors: in the details of a constraint, in the context of a COPY. */
async function troubleWithTables(): Promise<void> {
  const pool = world.database.pool;
  await pool.query(`ALTER TABLE link ADD CONSTRAINT nobody CHECK (xid <> 'XQ-70-500')`);
  await deliverUntilTriedAgain(fileOf([...people, personOf(500)]));
  await pool.query('ALTER TABLE link DROP CONSTRAINT nobody');
  await pool.query(`ALTER TABLE record ADD CONSTRAINT nobody CHECK (xid <> 'XQ-70-600')`);
  await deliverUntilTriedAgain(fileOf([...people, personOf(600)]));
  await pool.query('ALTER TABLE record DROP CONSTRAINT nobody');
  await pool.query('ALTER TABLE network_role RENAME TO network_role_away');
  await deliverUntilTriedAgain(fileOf([...people, personOf(700)]));
  await pool.query('ALTER TABLE network_role_away RENAME TO network_role');
}

function fault(input: Parameters<World['sandbox']['control']['addFault']>[0]): void {
  world.sandbox.control.addFault({ network: world.networkEid, ...input });
}

async function deliverAndEnd(content: string): Promise<void> {
  await world.deliver(content);
  const run = await world.start('live');
  await run.result().catch(() => null);
  problems.push((await run.progress())?.problem ?? '');
}

async function deliverUntilTriedAgain(content: string): Promise<void> {
  await world.deliver(content);
  const { workflowId } = await world.start('live');
  const handle = world.temporal.client.workflow.getHandle(workflowId);
  await until(async () => {
    const { raw } = await handle.describe();
    const failures = (raw.pendingActivities ?? []).flatMap(({ lastFailure }) => lastFailure ?? []);
    meanwhile.push(...failures.map((failure) => JSON.stringify(failure)));
    return failures.length > 0;
  });
  await handle.terminate();
}

test('errors name the rule, the row and the column, and no value of a record', () => {
  expect(told.split('\n').filter((line) => SECRET.test(line))).toEqual([]);
  expect([...texts.inPayloads].filter((text) => SECRET.test(text))).toEqual([]);
});

test('each of them did happen, and was told', async () => {
  expect(problems.slice(0, 5)).toEqual([
    expect.stringMatching(/is the header missing/),
    expect.stringMatching(/is the header missing/),
    expect.stringMatching(/no column "Mail"\. Did you mean "E-mail"/),
    expect.stringMatching(/cut off/),
    expect.stringMatching(/cut off|never closed/),
  ]);
  expect(problems[5]).toBe('');
  expect(problems.at(-1)).toMatch(/401/);
  expect(meanwhile.join('\n')).toMatch(/applyBatch failed unexpectedly \(error 23514\)/);
  expect(meanwhile.join('\n')).toMatch(/stageDelivery failed unexpectedly \(error 23514\)/);
  expect(meanwhile.join('\n')).toMatch(/readStructure failed unexpectedly/);
  const { rows } = await world.database.pool.query<{ problem: string }>(
    `SELECT DISTINCT problem FROM change WHERE status IN ('failed', 'skipped')`,
  );
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.filter(({ problem }) => SECRET.test(problem))).toEqual([]);
});
