import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { NetworkInput } from '../../src/sandbox/control/inputs.js';
import { uploadTo } from '../../src/cli/demo/upload.js';
import { readStack, type StackAddresses } from '../../src/stack/stack-file.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { findRun } from '../../src/store/runs.js';
import { createTestDatabase } from '../support/test-database.js';
import { testTemporal } from '../support/test-temporal.js';
import { spawnUsersync, temporaryFolder, usersync, type Answer, type Call } from './support.js';

/** `usersync start` with a database and a namespace of its own: a real Postgres, Temporal, drop, sandbox and worker. */
export interface TestStack {
  readonly folder: string;
  readonly addresses: StackAddresses;
  /** Runs the command against this stack. */
  run(args: readonly string[], call?: Call): Promise<Answer>;
  write(name: string, content: string): Promise<string>;
  /** Waits for the newest run of a customer. */
  untilRunIs(customer: string, status: string): Promise<void>;
  close(): Promise<void>;
}

export async function startTestStack(): Promise<TestStack> {
  const folder = await temporaryFolder();
  const database = await createTestDatabase();
  const temporal = await testTemporal();
  const data = join(folder.path, 'data');
  const child = await spawnUsersync(['start', '--data', data], {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  });
  const addresses = await untilItRuns(child, data);
  const records = openDatabase(database.url, 1);
  return {
    folder: folder.path,
    addresses,
    // Nothing of the services in the environment: the running stack says where they are.
    run: (args, call) => usersync(['--data', data, ...args], call),
    write: async (name, content) => {
      await writeFile(join(folder.path, name), content);
      return join(folder.path, name);
    },
    untilRunIs: (customer, status) => untilRunIs(records, customer, status),
    close: async () => {
      await records.close();
      await end(child);
      await temporal.close();
      await database.close();
      await folder.remove();
    },
  };
}

async function untilRunIs(database: Database, customer: string, status: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if ((await findRun(database, customer, null))?.status === status) return;
    await sleep(100);
  }
  throw new Error(`The newest run of ${customer} is not ${status}.`);
}

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const isLate = await Promise.race([closed.then(() => false), sleep(60_000, true, { ref: false })]);
  if (isLate) child.kill('SIGKILL');
}

/** Fails with what it wrote when it ends instead, or takes too long. */
async function untilItRuns(child: ChildProcessWithoutNullStreams, data: string): Promise<StackAddresses> {
  let said = '';
  const late = setTimeout(() => child.kill('SIGKILL'), 3 * 60_000);
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  // Leaving the loop would close the pipe, and a stack that cannot write would end.
  for await (const _ of child.stdout.iterator({ destroyOnReturn: false })) {
    const addresses = await readStack(data);
    if (addresses === null) continue;
    clearTimeout(late);
    return addresses;
  }
  throw new Error(`The stack did not start: ${said}`);
}

/** People who are in a network of the sandbox, and what the sandbox is told. */
export class Sandbox {
  constructor(private readonly url: string) {}

  async createNetwork(network: NetworkInput): Promise<void> {
    await this.call('POST', 'networks', network);
  }

  async people(eid: string): Promise<readonly unknown[]> {
    const { people } = (await this.call('GET', `networks/${eid}/state`)) as { readonly people: readonly unknown[] };
    return people;
  }

  private async call(method: 'GET' | 'POST', path: string, content?: object): Promise<unknown> {
    const body = content === undefined ? null : JSON.stringify(content);
    const answer = await request(`${this.url}/_sandbox/${path}`, { method, body });
    if (answer.statusCode >= 400) throw new Error(await answer.body.text());
    return answer.body.json();
  }
}

export interface Login {
  readonly userName: string;
  readonly password: string;
}

/** Delivers as a customer would. */
export async function upload(
  { addresses }: TestStack,
  { userName, password }: Login,
  name: string,
  content: string,
): Promise<void> {
  const { host, port } = addresses.drop ?? { host: '127.0.0.1', port: 0 };
  await uploadTo({ host, port }, { username: userName, password }, Buffer.from(content), name);
}
