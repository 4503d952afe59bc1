import { TestSpaces, type TestSpace } from '../../src/connections/test/test-spaces.js';
import { loadKeys } from '../../src/secrets/keys.js';
import { saveContacts } from '../../src/store/contacts.js';
import { openTest, readTest, type Test } from '../../src/store/tests.js';
import { decideTest, startTest, type StartedTest } from '../../src/temporal/tests.js';
import type { TestDecision, TestOrder, TestProgress } from '../../src/workflows/testing/messages.js';
import { until } from './until.js';
import type { World } from './world.js';

/** A customer in whose world mappings are tested on anonymised copies. */
export class TestBench {
  private constructor(
    readonly world: World,
    readonly spaces: TestSpaces,
  ) {}

  /** With a mapping, a record that was accepted by a dry run, and one contact on each side. A worker has to run. */
  static async of(world: World, mapping: string, record: string | Buffer): Promise<TestBench> {
    const { dataFolder, maxDeliveryBytes } = world.config;
    const settings = { databaseUrl: world.databaseUrl, dataFolder, maxDeliveryBytes };
    const spaces = new TestSpaces(world.database, await loadKeys(world.config), settings);
    await saveContacts(world.database, world.customer, [
      {
        id: 'c-hr',
        side: 'customer',
        role: 'HR',
        name: 'Made Up',
        email: 'hr@customer.example',
        approves: true,
        owns: [],
      },
      {
        id: 'pm-1',
        side: 'speakap',
        role: 'PM',
        name: 'Made Upper',
        email: 'pm@speakap.example',
        approves: true,
        owns: [],
      },
    ]);
    await world.useMapping(mapping);
    await world.deliver(record);
    const dry = await (await world.start('dry', { delivery: 'newest' })).result();
    if (dry.status !== 'done') throw new Error(`The dry run ended ${dry.status}: ${dry.problem ?? ''}`);
    return new TestBench(world, spaces);
  }

  async begin(version = 1, order: Partial<TestOrder> = {}): Promise<BegunTest> {
    const { customer, database, temporal, config } = this.world;
    const number = await openTest(database, {
      ...{ customer, requestKey: `bench/${Math.random()}`, requestedBy: 'pm-1', mappingVersion: version },
      ...{ key: this.spaces.newKey(customer), limitMs: 3_600_000 },
    });
    return new BegunTest(
      this,
      number,
      await startTest(temporal.client, config.taskQueue, { ...order, customer, number }),
    );
  }

  close(): Promise<void> {
    return this.spaces.close();
  }
}

export class BegunTest {
  constructor(
    private readonly bench: TestBench,
    readonly number: number,
    readonly started: StartedTest,
  ) {}

  async progress(): Promise<TestProgress> {
    const progress = await this.started.progress();
    if (progress === null) throw new Error('The test has no workflow.');
    return progress;
  }

  /** Until it waits for people, or is over. */
  async toItsDecision(seconds = 240): Promise<TestProgress> {
    await until(async () => ['waiting for approval', 'over'].includes((await this.progress()).step), seconds, 500);
    return this.progress();
  }

  decide(by: string, approve = true, more: Omit<TestDecision, 'by'> = {}): Promise<string> {
    const { temporal, customer } = this.bench.world;
    return decideTest(temporal.client, customer, this.number, { by, ...more }, approve);
  }

  row(): Promise<Test> {
    return readTest(this.bench.world.database, this.bench.world.customer, this.number);
  }

  space(): Promise<TestSpace> {
    return this.bench.spaces.open({ customer: this.bench.world.customer, number: this.number });
  }
}

/** The networks of the sandbox but the customer's own: copies that are there. */
export function copiesIn({ sandbox, networkEid }: World): readonly string[] {
  return sandbox.control
    .networks()
    .map(({ eid }) => eid)
    .filter((eid) => eid !== networkEid);
}

/** Schemas of tests that are there. */
export async function schemasIn({ database }: World): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'usersync_test_%'`,
  );
  return rows.map(({ name }) => name);
}
