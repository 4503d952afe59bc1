import { access, mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanUp } from '../../src/clean-up.js';
import { DeliveryFiles } from '../../src/connections/deliveries.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import type { Database } from '../../src/store/database.js';
import { writePlan } from '../../src/store/plans.js';
import { countsOfRun } from '../../src/store/run-counts.js';
import { readRun, updateRun } from '../../src/store/runs.js';
import { pendingSnapshot } from '../../src/store/snapshots.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRow, aRun, deliver, korenaar } from './builders.js';

const KEEP = { deliveries: 30, runs: 180, passwords: 30 };
let place: TestDatabase;
let database: Database;
let folder: string;
let deliveries: DeliveryFiles;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
  folder = await mkdtemp(join(tmpdir(), 'usersync-retention-'));
  deliveries = new DeliveryFiles(folder, parseMasterKey(randomBytes(32).toString('hex'), 'a test'), [], 1_000_000);
});

afterEach(async () => {
  await database.close();
  await place.close();
  await rm(folder, { recursive: true, force: true });
});

test('deliveries go when their time is over, but for the last accepted one and what came after it', async () => {
  const files: string[] = [];
  for (const xid of ['1', '2', '3']) {
    await deliver(database, [aRow(xid)]);
    files.push(await keepFile());
  }
  const pending = await aPendingSnapshot();
  await database.pool.query(`UPDATE snapshot SET received_at = now() - interval '31 days' WHERE id <> 2`);
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ deliveries: 1 });
  expect(await Promise.all(files.map(isThere))).toEqual([false, true, true]);
  expect((await pendingSnapshot(database, korenaar))?.id).toBe(pending);
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ deliveries: 0 });
});

test('a file that a later delivery of the same content shares with an old one stays as long as the later one does', async () => {
  await deliver(database, [aRow('1')]);
  const shared = await keepFile();
  await deliver(database, [aRow('1')]);
  await database.pool.query('UPDATE snapshot SET file = (SELECT file FROM snapshot WHERE id = 1)');
  await database.pool.query(`UPDATE snapshot SET received_at = now() - interval '31 days' WHERE id = 1`);
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ deliveries: 0 });
  expect(await isThere(shared)).toBe(true);
  await deliver(database, [aRow('2')]);
  await keepFile();
  await database.pool.query(`UPDATE snapshot SET received_at = now() - interval '31 days'`);
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ deliveries: 2 });
  expect(await isThere(shared)).toBe(false);
});

test('a run loses its changes and warnings when its time is over, and keeps its counts', async () => {
  const old = await aFinishedRun(181);
  const young = await aFinishedRun(179);
  const counts = await countsOfRun(database, await readRun(database, old));
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ runs: 1 });
  expect(await database.prisma.change.count({ where: { runId: old } })).toBe(0);
  expect(await database.prisma.runWarning.count({ where: { runId: old } })).toBe(0);
  expect(await database.prisma.change.count({ where: { runId: young } })).toBe(1);
  expect(await countsOfRun(database, await readRun(database, old))).toEqual(counts);
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ runs: 0 });
});

test('whom runs and waves were for is kept as long as one of them may need it, and no longer', async () => {
  const release = await database.prisma.release.create({
    data: {
      customerId: korenaar,
      number: 1,
      workflowId: 'x',
      requestedBy: 'pm-1',
      status: 'running',
      mappingVersion: 1,
      options: {},
    },
  });
  const [wave, once, twice, never] = [await aPilot(), await aPilot(), await aPilot(), await aPilot()];
  await database.prisma.releaseWave.create({
    data: { releaseId: release.id, wave: 1, part: 1, name: 'Delft', pilotId: wave, people: 1 },
  });
  for (const [pilot, days] of [
    [wave, 181],
    [once, 181],
    [twice, 181],
    [twice, 179],
  ] as const) {
    await database.prisma.run.update({ where: { id: await aFinishedRun(days) }, data: { pilotId: pilot } });
  }
  await cleanUp({ database, deliveries, keep: KEEP });
  expect(await pilotsWithPeople()).toEqual([wave, twice]);

  await database.prisma.release.update({ where: { id: release.id }, data: { status: 'done', endedAt: new Date() } });
  await cleanUp({ database, deliveries, keep: KEEP });
  expect(await pilotsWithPeople()).toEqual([twice]);
  expect(never).toBeGreaterThan(twice);
});

test('a network whose finished runs are all past their time is none that is synced for the first time', async () => {
  await aFinishedRun(181);
  await database.pool.query(
    `INSERT INTO link (customer_id, xid, state, user_name, scim_id, written) VALUES ('korenaar', '9', 'active', '9', 's-9', '{}')`,
  );
  const isFirst: boolean[] = [];
  const look = async () =>
    writePlan(database, { customer: korenaar, runId: await aRun(database) }, async () => ({
      ...{ examine: () => ({ changes: [], warnings: [], waits: [] }), groups: () => [], remarks: () => [] },
      hold: (figures) => {
        isFirst.push(figures.isFirst);
        return { everything: null, kinds: new Map() };
      },
      whenHeld: 'continue',
    }));
  await look();
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ runs: 1 });
  await look();
  expect(isFirst).toEqual([false, false]);
});

test('a run that goes on keeps everything', async () => {
  const run = await aFinishedRun(400);
  await database.pool.query('UPDATE run SET ended_at = NULL');
  await cleanUp({ database, deliveries, keep: KEEP });
  expect(await database.prisma.change.count({ where: { runId: run } })).toBe(1);
});

test('a dry run that was terminated, which nobody closes, loses them all the same', async () => {
  const [run, pilot] = [await aFinishedRun(400), await aPilot()];
  await database.pool.query(
    `UPDATE run SET kind = 'dry', status = 'running', started_at = now() - interval '179 days', ended_at = NULL, pilot_id = $1`,
    [pilot],
  );
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ runs: 0 });
  expect(await pilotsWithPeople()).toEqual([pilot]);
  await database.pool.query(`UPDATE run SET started_at = now() - interval '181 days'`);
  expect(await cleanUp({ database, deliveries, keep: KEEP })).toMatchObject({ runs: 1 });
  expect(await database.prisma.change.count({ where: { runId: run } })).toBe(0);
  expect(await pilotsWithPeople()).toEqual([]);
});

test('several workers clean up at once without getting into each other', async () => {
  for (let run = 0; run < 5; run += 1) await aFinishedRun(200);
  const parts = { database, deliveries, keep: KEEP };
  const removed = await Promise.all(Array.from({ length: 3 }, () => cleanUp(parts)));
  expect(removed.reduce((sum, { runs }) => sum + runs, 0)).toBe(5);
});

async function aFinishedRun(daysAgo: number): Promise<number> {
  const run = await aRun(database);
  await database.pool.query('INSERT INTO plan (run_id, examined, managed) VALUES ($1, 1, 1)', [run]);
  const change = { kind: 'suspend', xid: '1', reason: { rule: 'active', text: 'left', rows: [] } };
  await database.pool.query(
    `INSERT INTO change (run_id, seq, unit, kind, xid, change, status) VALUES ($1, 1, 1, 'suspend', '1', $2, 'done')`,
    [run, JSON.stringify(change)],
  );
  await database.prisma.runWarning.create({
    data: { runId: run, stage: 'plan', seq: 1, code: 'odd', rows: [1], text: 'Row 1 is odd.' },
  });
  const changes = [{ kind: 'suspend', status: 'done', changes: 1, people: 1 }];
  const endedAt = new Date(Date.now() - daysAgo * 86_400_000);
  await updateRun(database, run, { status: 'done', endedAt, summary: { changes } });
  return run;
}

/** Written down long ago. */
async function aPilot(): Promise<number> {
  const createdAt = new Date(Date.now() - 200 * 86_400_000);
  return (await database.prisma.pilot.create({ data: { customerId: korenaar, xids: ['1'], by: 'pm-1', createdAt } }))
    .id;
}

async function pilotsWithPeople(): Promise<readonly number[]> {
  const found = await database.prisma.pilot.findMany({ where: { xids: { isEmpty: false } }, orderBy: { id: 'asc' } });
  return found.map(({ id }) => id);
}

/** The file of the newest snapshot. */
async function keepFile(): Promise<string> {
  const { runId } = await database.prisma.snapshot.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const { file } = await deliveries.keepFile(korenaar, String(runId), { content: Readable.from(['x']), size: 1 });
  return file;
}

async function aPendingSnapshot(): Promise<number> {
  const runId = await aRun(database);
  const { id } = await database.prisma.snapshot.create({
    data: {
      ...{ customerId: korenaar, runId, status: 'rejected', fileName: 'x.csv', file: `korenaar/${runId}.sealed` },
      ...{ sha256: 'x', bytes: 1n, modifiedAt: new Date() },
    },
  });
  return id;
}

function isThere(file: string): Promise<boolean> {
  return access(join(folder, file)).then(
    () => true,
    () => false,
  );
}
