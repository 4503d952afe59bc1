import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveProposal } from '../../src/store/change-proposals.js';
import {
  ChangeRequestExists,
  NoChangeRequest,
  openChange,
  refuseChange,
  reserveChange,
} from '../../src/store/change-requests.js';
import type { Database } from '../../src/store/database.js';
import {
  activateInRun,
  activateMapping,
  DryRunMissing,
  listMappings,
  OtherVersionActive,
  proposeMapping,
  saveMapping,
} from '../../src/store/mappings.js';
import { updateRun } from '../../src/store/runs.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRun, korenaar } from './builders.js';

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

const reserve = async (requestKey: string): Promise<number> =>
  (await reserveChange(database, { customer: korenaar, requestKey, filedBy: 'c-hr', manager: 'pm-1', places: [] }))
    .number;

describe('the number of a change request', () => {
  test('is issued once for each key, also when many ask at once', async () => {
    const keys = ['a', 'b', 'a', 'c', 'b', 'a'];
    const numbers = await Promise.all(keys.map(reserve));
    expect(numbers.toSorted((one, other) => one - other)).toHaveLength(6);
    expect(new Set(numbers)).toEqual(new Set([1, 2, 3]));
    expect(new Set([0, 2, 5].map((index) => numbers[index])).size).toBe(1);
  });

  test('is opened by one workflow, which may say so twice, and by no other', async () => {
    const number = await reserve('a');
    const { id } = await openChange(database, korenaar, number, 'run-1');
    expect((await openChange(database, korenaar, number, 'run-1')).id).toBe(id);
    await expect(openChange(database, korenaar, number, 'run-2')).rejects.toThrow(ChangeRequestExists);
    await expect(openChange(database, korenaar, 9, 'run-2')).rejects.toThrow(NoChangeRequest);
  });

  test('of a filing that was refused is not opened later', async () => {
    const number = await reserve('a');
    await refuseChange(database, korenaar, number);
    await expect(openChange(database, korenaar, number, 'run-1')).rejects.toThrow('is refused');
    expect(await reserve('b')).toBe(2);
  });
});

describe('versions of change requests', () => {
  const drafts = async (count: number): Promise<void> => {
    for (let each = 0; each < count; each += 1)
      await saveMapping(database, { customer: korenaar, document: 'format: 1', importedBy: 'test', comment: '' });
  };
  const dryRunOf = async (version: number): Promise<void> =>
    updateRun(database, await aRun(database, 'dry'), { status: 'done', mappingVersion: version });
  const statuses = async (): Promise<readonly string[]> =>
    (await listMappings(database, korenaar)).map(({ status }) => status).reverse();

  test('are proposed side by side, each for its own request; other concepts are not', async () => {
    await drafts(3);
    for (const version of [1, 2]) {
      const { id } = await openChange(database, korenaar, await reserve(`change ${version}`), `run-${version}`);
      await saveProposal(database, {
        ...{ changeRequestId: id, version, baseVersion: 9, run: 1, differences: [], effects: [], closed: [] },
      });
      await proposeMapping(database, korenaar, version);
    }
    await proposeMapping(database, korenaar, 3);
    expect(await statuses()).toEqual(['proposed', 'proposed', 'proposed']);
    await database.prisma.changeRequest.updateMany({ data: { status: 'done' } });
    await drafts(1);
    await proposeMapping(database, korenaar, 4);
    expect(await statuses()).toEqual(['retired', 'retired', 'retired', 'proposed']);
  });

  test('become active in their run only instead of the version that they were compared with', async () => {
    await drafts(3);
    for (const version of [1, 2]) await dryRunOf(version);
    await activateMapping(database, korenaar, 1, 'p.jansen');
    const activate = (version: number, instead: number) =>
      activateInRun(database, korenaar, { version, instead, by: 'c-hr' });
    await expect(activate(2, 3)).rejects.toThrow(OtherVersionActive);
    await expect(activate(3, 1)).rejects.toThrow(DryRunMissing);
    expect(await statuses()).toEqual(['active', 'draft', 'draft']);
    await activate(2, 1);
    await activate(2, 1);
    expect(await statuses()).toEqual(['retired', 'active', 'draft']);
  });
});
