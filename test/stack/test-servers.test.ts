import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { testTemporal, type TestTemporal } from '../support/test-temporal.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';

describe('the servers that all tests share', () => {
  let database: TestDatabase;
  let temporal: TestTemporal;

  beforeAll(async () => {
    [database, temporal] = await Promise.all([createTestDatabase(), testTemporal()]);
  });
  afterAll(() => Promise.all([database.close(), temporal.close()]));

  it('give a database with all migrations', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM _prisma_migrations');
    await client.end();
    expect(Number(rows[0]?.count)).toBeGreaterThan(0);
  });

  it('give a namespace that takes workflows with the search attributes', async () => {
    const handle = await temporal.client.workflow.start('nothing', {
      taskQueue: temporal.taskQueue,
      workflowId: 'nothing',
      searchAttributes: { Customer: ['korenaar'], Iteration: [1], DueDate: [new Date()] },
    });
    const described = await handle.describe();
    expect(described.searchAttributes).toMatchObject({ Customer: ['korenaar'], Iteration: [1] });
  });
});

const environment = await startTimeSkippingServer();

describe.skipIf(environment === null)('the time-skipping server', () => {
  afterAll(() => environment?.teardown());

  it('sleeps two weeks in no time', async () => {
    const before = await environment?.currentTimeMs();
    await environment?.sleep('14 days');
    const after = await environment?.currentTimeMs();
    expect(Number(after) - Number(before)).toBeGreaterThanOrEqual(14 * 24 * 60 * 60 * 1000);
  });
});
