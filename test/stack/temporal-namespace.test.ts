import { randomBytes } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareNamespace, SEARCH_ATTRIBUTES } from '../../src/stack/temporal-namespace.js';
import { testTemporal, type TestTemporal } from '../support/test-temporal.js';

describe('a prepared namespace', () => {
  let temporal: TestTemporal;
  let connection: Connection;

  beforeAll(async () => {
    temporal = await testTemporal();
    connection = temporal.connection;
  });
  afterAll(() => temporal.close());

  it('has the search attributes and keeps closed workflows for 90 days', async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: temporal.namespace,
    });
    expect(customAttributes).toMatchObject(SEARCH_ATTRIBUTES);
    expect(await retentionDays(temporal.namespace)).toBe(90);
  });

  it('stays as it is when it is prepared again, also when it keeps them longer', async () => {
    const config = { workflowExecutionRetentionTtl: msToTs('200 days') };
    await connection.workflowService.updateNamespace({ namespace: temporal.namespace, config });
    expect(await prepareNamespace(connection, temporal.namespace)).toEqual([]);
    expect(await retentionDays(temporal.namespace)).toBe(200);
  });

  it('says which search attributes are there with another type, and changes none', async () => {
    const namespace = `odd-${randomBytes(4).toString('hex')}`;
    await prepareNamespace(connection, namespace);
    await connection.operatorService.removeSearchAttributes({ namespace, searchAttributes: ['Phase', 'Health'] });
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { Phase: 1 } });
    const [problem] = await prepareNamespace(connection, namespace);
    expect(problem).toContain('of another type there: Phase');
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(customAttributes).not.toHaveProperty('Health');
  });

  async function retentionDays(namespace: string): Promise<number> {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    return Number(config?.workflowExecutionRetentionTtl?.seconds) / 86_400;
  }
});
