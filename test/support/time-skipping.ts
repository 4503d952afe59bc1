import { setTimeout as sleep } from 'node:timers/promises';
import { TestWorkflowEnvironment, type TimeSkippingTestWorkflowEnvironmentOptions } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../src/stack/temporal-namespace.js';
import { askSharedServers } from './ask-shared-servers.js';

type Options = Omit<TimeSkippingTestWorkflowEnvironmentOptions, 'server'>;

const DOWNLOAD_WITHIN_MS = 30_000;
const ATTEMPTS = 4;

/**
 * A Temporal whose time can be skipped, with the search attributes: Java's test server, else the SDK's download. null,
 * said loudly, where neither can be had; then skip the suite. Its time is one for all: one environment a test, serially.
 */
export async function startTimeSkippingServer(options: Options = {}): Promise<TestWorkflowEnvironment | null> {
  const path = await askSharedServers('time-skipping');
  const environment = path === null ? await downloaded(options) : await existing(path, options);
  if (environment === null) {
    console.warn('\n*** NO TIME-SKIPPING SERVER: tests in virtual time are skipped. Install Java 17 and Maven. ***\n');
    return null;
  }
  const { operatorService } = environment.connection;
  await operatorService.addSearchAttributes({ namespace: 'default', searchAttributes: SEARCH_ATTRIBUTES });
  return environment;
}

/** The SDK waits five seconds for the server, which is little on a machine that is busy with other tests. */
async function existing(path: string, options: Options): Promise<TestWorkflowEnvironment> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        ...options,
        server: { executable: { type: 'existing-path', path } },
      });
    } catch (error) {
      if (attempt === ATTEMPTS || !String(error).includes('did not start within')) throw error;
    }
  }
}

async function downloaded(options: Options): Promise<TestWorkflowEnvironment | null> {
  const environment = TestWorkflowEnvironment.createTimeSkipping(options).catch(() => null);
  const inTime = await Promise.race([environment, sleep(DOWNLOAD_WITHIN_MS, null, { ref: false })]);
  if (inTime === null) void environment.then((late) => late?.teardown());
  return inTime;
}
