import type { Client } from '@temporalio/client';
import { createLogger } from '../../src/log.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { Schedules } from '../../src/temporal/schedules.js';
import { testTemporal } from './test-temporal.js';

/** Schedules on the shared development server, for a world whose own Temporal has none. */
export interface RealSchedules {
  readonly schedules: Schedules;
  readonly client: Client;
  close(): Promise<void>;
}

/** Call it before the world is opened. */
export async function openRealSchedules(): Promise<RealSchedules> {
  await installRuntime(createLogger('silent'), false);
  const { nativeConnection, namespace, taskQueue, client, close } = await testTemporal();
  return { schedules: new Schedules(nativeConnection, namespace, taskQueue), client, close };
}
