import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../src/stack/data-folder.js';
import { freePort } from '../../src/stack/free-port.js';
import { startTemporal } from '../../src/stack/temporal-server.js';
import { TemporalUnreachable } from '../../src/temporal/connection.js';
import { askSharedServers } from '../support/ask-shared-servers.js';
import { silent, temporaryFolder } from './support.js';

describe('our own Temporal', () => {
  it('keeps its workflows and its ports over a restart, and shows its UI', async () => {
    await askSharedServers('temporal');
    const path = join(await temporaryFolder(), 'data');
    const first = await started(path);
    await withClient(first.address, (client) =>
      client.workflow.start('nothing', { workflowId: 'kept', taskQueue: 'none' }),
    );
    await first.close();

    const second = await started(path);

    expect([second.address, second.uiUrl]).toEqual([first.address, first.uiUrl]);
    const status = await withClient(second.address, async (client) => {
      return (await client.workflow.getHandle('kept').describe()).status.name;
    });
    expect(status).toBe('RUNNING');
    expect((await fetch(second.uiUrl ?? '')).status).toBe(200);
  });
});

describe('two stacks that start at the same moment', () => {
  it('each talk to their own Temporal', async () => {
    await askSharedServers('temporal');
    const parent = await temporaryFolder();
    const wanted = await freePort();
    const servers = await Promise.all(['one', 'two'].map((name) => started(join(parent, name), wanted)));
    const workflowId = randomUUID();
    await withClient(servers[0]?.address ?? '', (client) =>
      client.workflow.start('nothing', { workflowId, taskQueue: 'none' }),
    );
    const found = withClient(servers[1]?.address ?? '', (client) => client.workflow.getHandle(workflowId).describe());
    await expect(found).rejects.toBeInstanceOf(WorkflowNotFoundError);
  });
});

describe('an existing Temporal', () => {
  it('that does not answer is named', async () => {
    const folder = await openDataFolder(join(await temporaryFolder(), 'data'));
    onTestFinished(() => folder.close());
    const failing = startTemporal({ folder, env: { TEMPORAL_ADDRESS: '127.0.0.1:1' }, log: silent });
    await expect(failing).rejects.toThrow(TemporalUnreachable);
    await expect(failing).rejects.toThrow(/127\.0\.0\.1:1/);
  });

  it('is used and prepared', async () => {
    const address = (await askSharedServers('temporal')) ?? '';
    const folder = await openDataFolder(join(await temporaryFolder(), 'data'));
    onTestFinished(() => folder.close());
    const said: string[] = [];
    const env = { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default' };
    const used = await startTemporal({ folder, env, log: (step) => said.push(step) });
    expect(used).toMatchObject({ address, namespace: 'default', uiUrl: null });
    expect(said).toEqual([`Using the Temporal service at ${address}.`]);
  });
});

async function started(path: string, grpc = 0) {
  const folder = await openDataFolder(path);
  onTestFinished(() => folder.close());
  const temporal = await startTemporal({ folder, env: process.env, log: silent, ports: { grpc, ui: 0 } });
  return { ...temporal, close: () => folder.close() };
}

async function withClient<Result>(address: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}
