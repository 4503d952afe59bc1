import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { woodgroveFile } from '../support/woodgrove.js';
import { serverLogs, toldByTemporal } from '../support/told.js';
import type { HistoryTexts } from '../support/history-texts.js';
import { until } from '../support/until.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
let worker: WorkerProcess;
let told: string;
/** The same without logs, text by text. */
let texts: HistoryTexts;
/** What Temporal says of an activity that failed and is tried again. */
const pending: string[] = [];
/** Everything that must not be told anywhere: full names, phone numbers, street addresses, user names. */
let secrets: readonly string[];
/** Ids of a few digits, which many other numbers look like. */
let ids: readonly string[];

beforeAll(async () => {
  // What a run hands over is judged as it is, before any of it is encrypted.
  world = await openWorld({ customer: 'woodgrove', env: { USERSYNC_PAYLOAD_CODEC: 'off' } });
  await world.useMapping((await woodgroveFile('mapping.yaml')).toString('utf8'));
  worker = startWorkerProcess(world, { USERSYNC_LOG_LEVEL: 'trace' });
  const [dayOne, dayTwo] = await Promise.all([woodgroveFile('day-1.csv'), woodgroveFile('day-2.csv')]);
  const rows = [...rowsOf(dayOne.toString('utf8')), ...rowsOf(dayTwo.toString('utf8'))];
  secrets = secretsOf(rows);
  ids = [...new Set(rows.map((row) => row['WorkerID'] ?? ''))];
  await runWith(dayOne);
  await runWith(dayTwo.toString('utf8').replace(',Active,', ',Active,surplus,'));
  await runWith(dayTwo.toString('utf8').replace('JobTitle', 'Jobtitle'));
  await world.database.pool.query('ALTER TABLE run_warning RENAME COLUMN text TO words');
  await runWith(dayTwo);
  await world.database.pool.query('ALTER TABLE run_warning RENAME COLUMN words TO text');
  texts = await toldByTemporal(world);
  told = [...texts.all, ...pending, worker.output(), await serverLogs(world)].join('\n');
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
  const isTriedAgain = async () => {
    const { raw } = await handle.describe();
    const failures = (raw.pendingActivities ?? []).flatMap(({ lastFailure }) => lastFailure ?? []);
    pending.push(...failures.map((failure) => JSON.stringify(failure)));
    return failures.length > 0;
  };
  let hasEnded = false;
  void run.result().then(
    () => (hasEnded = true),
    () => (hasEnded = true),
  );
  await until(async () => hasEnded || (await isTriedAgain()), 90);
  await handle.terminate().catch(() => undefined);
}

type Row = Readonly<Record<string, string>>;

function rowsOf(csv: string): readonly Row[] {
  return Papa.parse<Row>(csv.replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true }).data;
}

function secretsOf(rows: readonly Row[]): readonly string[] {
  const cells = rows.flatMap((row) => [
    row['FullName'],
    `${row['FirstName']} ${row['LastName']}`,
    row['OfficePhone'],
    row['StreetAddress'],
    row['UserID'],
  ]);
  return [...new Set(cells.filter((cell) => cell !== undefined && cell.length > 5))] as readonly string[];
}

test('nothing of a record is in a history, a search attribute, a detail or a log', () => {
  expect(secrets.length).toBeGreaterThan(1500);
  expect(told.length).toBeGreaterThan(100_000);
  expect(told).toContain('daily-sync/woodgrove');
  // The payloads are among it, decoded.
  expect(told).toContain('"requestedBy":"test"');
  // So are the summaries in what Temporal describes.
  expect(told).toContain('\\"Daily sync of woodgrove\\"');
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
});

test('no id of a person is a text in a payload or a log', () => {
  expect(ids.length).toBeGreaterThan(600);
  expect(texts.inPayloads).toContain('woodgrove');
  expect(ids.filter((id) => texts.inPayloads.has(id))).toEqual([]);
  // Temporal's own durations, "seconds":"1800", are texts of digits too.
  const output = worker.output().replaceAll(/"seconds":"\d+"/g, '');
  expect(ids.filter((id) => output.includes(`"${id}"`))).toEqual([]);
});

test('an unexpected error tells its kind and place, and not its words', () => {
  expect(told).toMatch(/failed unexpectedly/);
  expect(worker.output()).toMatch(/An activity failed unexpectedly/);
});
