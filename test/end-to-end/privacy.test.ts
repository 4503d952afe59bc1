import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { woodgroveFile } from '../support/woodgrove.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
let worker: WorkerProcess;
let told: string;
/** Everything that must not be told: full names, phone numbers, street addresses, and ids as JSON texts within a payload. */
let secrets: readonly string[];

beforeAll(async () => {
  world = await openWorld({ customer: 'woodgrove' });
  await world.useMapping((await woodgroveFile('mapping.yaml')).toString('utf8'));
  worker = startWorkerProcess(world, { USERSYNC_LOG_LEVEL: 'trace' });
  const [dayOne, dayTwo] = await Promise.all([woodgroveFile('day-1.csv'), woodgroveFile('day-2.csv')]);
  secrets = secretsOf(`${dayOne.toString('utf8')}\n${dayTwo.toString('utf8').split('\n').slice(1).join('\n')}`);
  await runWith(dayOne);
  await runWith(dayTwo.toString('utf8').replace(',Active,', ',Active,surplus,'));
  await runWith(dayTwo.toString('utf8').replace('JobTitle', 'Jobtitle'));
  await world.database.pool.query('ALTER TABLE run_warning RENAME COLUMN text TO words');
  await runWith(dayTwo);
  await world.database.pool.query('ALTER TABLE run_warning RENAME COLUMN words TO text');
  told = [await histories(), worker.output()].join('\n');
});

afterAll(async () => {
  await worker.stop();
  await world.close();
});

async function runWith(content: string | Buffer): Promise<void> {
  await world.deliver(content);
  const run = await world.start('live');
  const handle = world.temporal.client.workflow.getHandle(run.workflowId);
  // With a broken table an activity fails unexpectedly and would be tried again for long.
  await Promise.race([run.result().catch(() => null), new Promise((resolve) => setTimeout(resolve, 15_000))]);
  await handle.terminate().catch(() => undefined);
}

/** Every history with its payloads decoded, search attributes, memo, summary and details of every workflow. */
async function histories(): Promise<string> {
  const { client } = world.temporal;
  const texts: string[] = [];
  for await (const info of client.workflow.list()) {
    const handle = client.workflow.getHandle(info.workflowId, info.runId);
    const history = await handle.fetchHistory();
    texts.push(JSON.stringify(history, decoded), JSON.stringify(await handle.describe(), decoded));
  }
  expect(texts.length).toBeGreaterThan(8);
  return texts.join('\n');
}

/** A payload's bytes, which JSON shows in base64. */
function decoded(key: string, value: unknown): unknown {
  if (key === 'data' && typeof value === 'string') return Buffer.from(value, 'base64').toString('utf8');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return typeof value === 'bigint' ? String(value) : value;
}

function secretsOf(csv: string): readonly string[] {
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  const texts = data.flatMap((row) => [
    row['FullName'],
    `${row['FirstName']} ${row['LastName']}`,
    row['OfficePhone'],
    row['StreetAddress'],
    // Within a payload, which is JSON in JSON; the server's own numbers are JSON texts as well.
    `\\"${row['WorkerID']}\\"`,
    row['UserID'],
  ]);
  return [...new Set(texts.filter((text) => text !== undefined && text.length > 5))] as readonly string[];
}

test('nothing of a record is in a history, a search attribute, a detail or a log', () => {
  expect(secrets.length).toBeGreaterThan(2000);
  expect(told.length).toBeGreaterThan(100_000);
  expect(told).toContain('daily-sync/woodgrove');
  // The payloads are among it, decoded.
  expect(told).toContain('\\"requestedBy\\":\\"test\\"');
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  const ids = secrets.filter((secret) => secret.startsWith('\\')).map((secret) => secret.replaceAll('\\', ''));
  expect(ids.length).toBeGreaterThan(600);
  // Temporal's own durations, "seconds":"1800", are texts of digits too.
  const output = worker.output().replaceAll(/"seconds":"\d+"/g, '');
  expect(ids.filter((id) => output.includes(id))).toEqual([]);
});

test('an unexpected error tells its kind and place, and not its words', () => {
  expect(told).toMatch(/failed unexpectedly/);
  expect(worker.output()).toMatch(/An activity failed unexpectedly/);
});
