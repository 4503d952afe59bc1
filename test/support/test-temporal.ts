import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { prepareNamespace } from '../../src/stack/temporal-namespace.js';
import { askSharedServers } from './ask-shared-servers.js';

export interface TestTemporal {
  readonly address: string;
  /** Nobody else's, so workflow ids cannot meet those of other tests. */
  readonly namespace: string;
  readonly taskQueue: string;
  readonly connection: Connection;
  /** For workers. */
  readonly nativeConnection: NativeConnection;
  /** With the converter that was asked for; make one's own from `connection` for another. */
  readonly client: Client;
  close(): Promise<void>;
}

/**
 * A namespace of one's own, with the search attributes, on a real Temporal development server. Its client has no codec
 * unless a `dataConverter` is given.
 */
export async function testTemporal(dataConverter: DataConverter = {}): Promise<TestTemporal> {
  const address = await askSharedServers('temporal');
  if (address === null) throw new Error('The shared Temporal has no address.');
  const namespace = `test-${randomBytes(8).toString('hex')}`;
  const connection = await Connection.connect({ address });
  const problems = await prepareNamespace(connection, namespace);
  if (problems.length > 0) throw new Error(problems.join(' '));
  const client = new Client({ connection, namespace, dataConverter });
  await untilUsable(client);
  const nativeConnection = await NativeConnection.connect({ address });
  return {
    ...{ address, namespace, taskQueue: 'usersync', connection, nativeConnection, client },
    close: async () => {
      await nativeConnection.close();
      await connection.close();
    },
  };
}

/** The parts of the server hear of a new namespace one after the other. */
async function untilUsable(client: Client): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      const probe = await client.workflow.start('probe', { workflowId: `probe-${attempt}`, taskQueue: 'probe' });
      await probe.terminate('The namespace is ready.');
      return;
    } catch (error) {
      if (attempt === 99 || !isNotReady(error)) throw error;
      await sleep(100);
    }
  }
}

function isNotReady(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || (error instanceof Error && error.name !== 'TypeError');
}
