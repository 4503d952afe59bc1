import { randomBytes } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Duration } from '@temporalio/common';
import { createLogger } from '../../src/log.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { createDataConverter } from '../../src/temporal/codec/data-converter.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { startTimeSkippingServer } from './time-skipping.js';
import { openWorld, type World, type WorldOptions } from './world.js';

/** A world in which hours and days pass at once while somebody waits for a workflow's end; everything else in it is real. */
export interface VirtualWorld extends World {
  /** Lets so much time pass, with all that happens in it. */
  pass(time: Duration): Promise<void>;
  /** Milliseconds, as Temporal sees it. */
  now(): Promise<number>;
}

/** null, said loudly, where there is no time-skipping server. */
export async function openVirtualWorld(options: WorldOptions = {}): Promise<VirtualWorld | null> {
  // Before any connection of the native kind is made: the runtime is made once a process.
  await installRuntime(createLogger('silent'), false);
  const masterKey = randomBytes(32).toString('hex');
  const key = parseMasterKey(masterKey, 'a test');
  const dataConverter = createDataConverter({ keys: { key, old: [], ring: [key] }, encodes: true });
  const environment = await startTimeSkippingServer({ client: { dataConverter } });
  if (environment === null) return null;
  const world = await openWorld({
    ...options,
    env: { USERSYNC_LOG_LEVEL: 'silent', ...options.env, USERSYNC_MASTER_KEY: masterKey },
    temporal: temporalOf(environment),
  });
  return { ...world, pass: (time) => environment.sleep(time), now: () => environment.currentTimeMs() };
}

function temporalOf(environment: TestWorkflowEnvironment): NonNullable<WorldOptions['temporal']> {
  const { address, connection, nativeConnection, client } = environment;
  return {
    ...{ address, connection, nativeConnection, client },
    namespace: 'default',
    taskQueue: 'usersync',
    close: () => environment.teardown(),
  };
}
