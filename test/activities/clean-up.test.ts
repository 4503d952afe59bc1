import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveMapping } from '../../src/store/mappings.js';
import { saveOnboardingFile } from '../../src/store/onboarding-files.js';
import { groupRunKey, writeGroupPlan } from '../../src/store/group-plans.js';
import { listChanges } from '../../src/store/changes.js';
import { openRun, readRun, updateRun } from '../../src/store/runs.js';
import type { CustomerId } from '../../src/sync/ids.js';
import { openWorkbench, type Workbench } from './workbench.js';

let bench: Workbench;

beforeAll(async () => void (bench = await openWorkbench()));
afterAll(() => bench.close());

describe('cancelling an implementation', () => {
  test('removes what it made: source, schedule, files, uploads and the words of mappings', async () => {
    const { customer, onboardingId } = await bench.customer('fresh');
    const file = await furnish(customer, onboardingId);
    const { words } = await bench.attempt('cleanUp', { onboardingId });
    expect(words).toContain('the source with its credentials, the daily schedule, 1 sealed files, 1 uploaded files');
    expect(await standing(customer, file)).toEqual({
      ...{ source: 0, uploads: 0, files: 0, sealed: false, uploaded: false },
      mapping: '# Removed with the implementation, which was cancelled.\n',
    });
    expect(bench.removedSchedules).toContain(customer);
  });

  test('takes nothing from a customer that is live, and says so', async () => {
    const { customer, onboardingId } = await bench.customer('live');
    const file = await furnish(customer, onboardingId);
    await addLink(customer);
    const { words } = await bench.attempt('cleanUp', { onboardingId });
    expect(words).toMatch(/What stays: .*every version of the mapping, the source with its credentials, the daily/);
    expect(await standing(customer, file)).toEqual({
      ...{ source: 1, uploads: 1, files: 0, sealed: false, uploaded: true, mapping: 'people: {}' },
    });
    expect(bench.removedSchedules).not.toContain(customer);
  });

  test('goes on where it was interrupted: rows stay until everything that they know is gone', async () => {
    const { customer, onboardingId } = await bench.customer('interrupted');
    const file = await furnish(customer, onboardingId);
    const folder = join(bench.folder, 'drop', customer);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'no folder, which nobody expects');
    await expect(bench.attempt('cleanUp', { onboardingId })).rejects.toThrow('ENOTDIR');
    expect(await standing(customer, file)).toMatchObject({ files: 1, uploads: 1, sealed: false });
    await rm(folder);
    await bench.attempt('cleanUp', { onboardingId });
    expect(await standing(customer, file)).toMatchObject({ files: 0, uploads: 0, source: 0 });
  });

  test('closes the run for groups that waited, and what it held', async () => {
    const { customer, onboardingId } = await bench.customer('groups');
    const run = await openRun(bench.database, {
      ...{ customer, workflowId: 'onboarding/groups', kind: 'live', requestedBy: 'pm-1' },
      requestKey: groupRunKey(onboardingId, 1),
    });
    await writeGroupPlan(bench.database, customer, run.id, [{ kind: 'department', name: 'Bakery' }]);
    await updateRun(bench.database, run.id, { status: 'waiting' });
    await addLink(customer);
    const { words } = await bench.attempt('cleanUp', { onboardingId });
    expect(words).toContain('the plan of 1 run for groups');
    expect(await readRun(bench.database, run.id)).toMatchObject({ status: 'rejected' });
    expect((await listChanges(bench.database, run.id)).map(({ status }) => status)).toEqual(['expired']);
  });
});

test('an implementation is refused to a customer with people under the sync', async () => {
  const { customer } = await bench.customer('connected');
  const { prisma } = bench.database;
  const network = {
    eid: 'e',
    apiBase: 'http://127.0.0.1:1',
    scimBase: null,
    credentials: 'x',
    requestsPerSecond: null,
  };
  await prisma.network.create({ data: { customerId: customer, ...network } });
  await addLink(customer);
  const order = { customer, source: 'sftp', requestedBy: 'pm-1', start: '2026-12-01' } as const;
  const opening = bench.attempt('openOnboarding', { order, now: '2026-11-20T09:00:00Z' });
  await expect(opening).rejects.toMatchObject({
    ...{ type: 'OnboardingRefused', nonRetryable: true },
    message: expect.stringMatching(/under the sync already.*usersync mapping import connected FILE/) as string,
  });
});

/** Answers its sealed file. */
async function furnish(customer: CustomerId, onboardingId: number): Promise<string> {
  const { database, parts, folder } = bench;
  await database.prisma.source.create({ data: { customerId: customer, kind: 'sftp', settings: {}, credentials: 'x' } });
  await saveMapping(database, { customer, document: 'people: {}', importedBy: 'system', comment: '' });
  const content = Readable.from([Buffer.from('made up')]);
  const kept = await parts.deliveries.keepFile(customer, 'example', { content, size: null });
  await saveOnboardingFile(database, {
    ...{ ...kept, onboardingId, item: 'example-record', fileName: 'example.csv', deliveredBy: 'c-hr' },
  });
  await mkdir(join(folder, 'drop', customer), { recursive: true });
  await writeFile(join(folder, 'drop', customer, 'people.csv'), 'made up');
  await database.prisma.dropUpload.create({
    data: { customerId: customer, userName: 'x', fileName: 'people.csv', bytes: 7n },
  });
  return kept.file;
}

async function addLink(customerId: CustomerId): Promise<void> {
  await bench.database.prisma.link.create({
    data: { customerId, xid: '1', state: 'active', userName: 'made-up', written: {} },
  });
}

async function standing(customerId: CustomerId, file: string) {
  const { prisma } = bench.database;
  const where = { customerId };
  return {
    source: await prisma.source.count({ where }),
    uploads: await prisma.dropUpload.count({ where }),
    files: await prisma.onboardingFile.count({ where: { onboarding: where } }),
    mapping: (await prisma.mapping.findFirst({ where }))?.document,
    sealed: existsSync(join(bench.folder, 'deliveries', file)),
    uploaded: existsSync(join(bench.folder, 'drop', customerId, 'people.csv')),
  };
}
