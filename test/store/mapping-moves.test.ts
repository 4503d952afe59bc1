import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.js';
import { MappingMoveRefused, UnknownMapping } from '../../src/store/mapping-moves.js';
import {
  activateMapping,
  approveMapping,
  DryRunMissing,
  listMappings,
  proposeMapping,
  retireMapping,
  saveMapping,
} from '../../src/store/mappings.js';
import { updateRun } from '../../src/store/runs.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRow, aRun, deliver, dueXids, forgetDue, korenaar } from './builders.js';

let place: TestDatabase;
let database: Database;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
});

afterEach(async () => {
  await database.close();
  await place.close();
});

async function drafts(count: number): Promise<void> {
  for (let each = 0; each < count; each += 1)
    await saveMapping(database, { customer: korenaar, document: 'format: 1', importedBy: 'test', comment: '' });
}

async function dryRunOf(version: number): Promise<void> {
  await updateRun(database, await aRun(database, 'dry'), { status: 'done', mappingVersion: version });
}

async function statuses(): Promise<readonly string[]> {
  return (await listMappings(database, korenaar)).map(({ status }) => status).reverse();
}

test('feature 23: a version is proposed, approved and made active, step by step', async () => {
  await drafts(1);
  await proposeMapping(database, korenaar, 1);
  await expect(activateMapping(database, korenaar, 1, 'p.jansen')).rejects.toThrow(
    'Version 1 of the mapping of korenaar is proposed, and cannot become active. From there it can become approved or retired. Nothing was changed.',
  );
  await approveMapping(database, korenaar, 1);
  await dryRunOf(1);
  await activateMapping(database, korenaar, 1, 'p.jansen');
  expect(await statuses()).toEqual(['active']);
});

test('who made a version active, and when, is kept, whoever asks for it once more', async () => {
  await drafts(1);
  await dryRunOf(1);
  expect(await listMappings(database, korenaar)).toMatchObject([{ activatedBy: null, activatedAt: null }]);
  await activateMapping(database, korenaar, 1, 'p.jansen');
  const before = await listMappings(database, korenaar);
  expect(before).toMatchObject([{ importedBy: 'test', activatedBy: 'p.jansen' }]);
  await activateMapping(database, korenaar, 1, 'i.vos');
  expect(await listMappings(database, korenaar)).toEqual(before);
});

test('feature 23: an approved version becomes active only after a finished dry run of exactly it', async () => {
  await drafts(2);
  await proposeMapping(database, korenaar, 2);
  await approveMapping(database, korenaar, 2);
  await dryRunOf(1);
  await expect(activateMapping(database, korenaar, 2, 'p.jansen')).rejects.toThrow(DryRunMissing);
  expect(await statuses()).toEqual(['draft', 'approved']);
  await dryRunOf(2);
  await activateMapping(database, korenaar, 2, 'p.jansen');
  expect(await statuses()).toEqual(['draft', 'active']);
});

test('a draft needs a finished dry run of it as well; then it becomes active, and everybody is due', async () => {
  await deliver(database, [aRow('1'), aRow('2')]);
  await forgetDue(database);
  await drafts(2);
  await expect(activateMapping(database, korenaar, 1, 'p.jansen')).rejects.toThrow(/sync plan korenaar --mapping 1/);
  await updateRun(database, await aRun(database, 'live'), { status: 'done', mappingVersion: 1 });
  await updateRun(database, await aRun(database, 'dry'), { status: 'failed', mappingVersion: 1 });
  await expect(activateMapping(database, korenaar, 1, 'p.jansen')).rejects.toThrow(DryRunMissing);
  expect(await dueXids(database)).toEqual([]);
  await dryRunOf(1);
  await activateMapping(database, korenaar, 1, 'p.jansen');
  expect(await dueXids(database)).toEqual(['1', '2']);
  await dryRunOf(2);
  await activateMapping(database, korenaar, 2, 'p.jansen');
  expect(await statuses()).toEqual(['retired', 'active']);
});

test('the next concept retires the one before, which cannot be approved late', async () => {
  await drafts(2);
  await proposeMapping(database, korenaar, 1);
  await proposeMapping(database, korenaar, 2);
  expect(await statuses()).toEqual(['retired', 'proposed']);
  await expect(approveMapping(database, korenaar, 1)).rejects.toThrow(
    /Version 1 .* is retired, and cannot become approved\. It stays so/,
  );
  await approveMapping(database, korenaar, 2);
  await approveMapping(database, korenaar, 2);
  expect(await statuses()).toEqual(['retired', 'approved']);
});

test('a concept that changes were requested on is retired, and no step is left out', async () => {
  await drafts(2);
  await expect(approveMapping(database, korenaar, 1)).rejects.toThrow(MappingMoveRefused);
  await proposeMapping(database, korenaar, 1);
  await retireMapping(database, korenaar, 1);
  await expect(proposeMapping(database, korenaar, 1)).rejects.toThrow(MappingMoveRefused);
  await expect(activateMapping(database, korenaar, 1, 'p.jansen')).rejects.toThrow(MappingMoveRefused);
  expect(await statuses()).toEqual(['retired', 'draft']);
});

test('a version that is not there is named', async () => {
  await expect(proposeMapping(database, korenaar, 9)).rejects.toThrow(UnknownMapping);
  await expect(activateMapping(database, korenaar, 9, 'p.jansen')).rejects.toThrow(/has no mapping of version 9/);
});

test('feature 23: a version that was active becomes so again after a new dry run of it; one that never was does not', async () => {
  await drafts(3);
  for (const version of [1, 2]) {
    await dryRunOf(version);
    await activateMapping(database, korenaar, version, 'p.jansen');
  }
  await expect(activateMapping(database, korenaar, 1, 'i.vos')).rejects.toThrow(DryRunMissing);
  expect(await statuses()).toEqual(['retired', 'active', 'draft']);
  await dryRunOf(1);
  await activateMapping(database, korenaar, 1, 'i.vos');
  expect(await statuses()).toEqual(['active', 'retired', 'draft']);
  expect((await listMappings(database, korenaar)).at(-1)).toMatchObject({ version: 1, activatedBy: 'i.vos' });
  await retireMapping(database, korenaar, 3);
  await dryRunOf(3);
  await expect(activateMapping(database, korenaar, 3, 'p.jansen')).rejects.toThrow(
    /is retired, and cannot become active\. It stays so/,
  );
});
