import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Network } from '../../network/network.js';
import { openText, seal } from '../../secrets/seal.js';
import { parseMasterKey, type MasterKey } from '../../secrets/master-key.js';
import type { Keys } from '../../secrets/keys.js';
import { openDatabase, type Database } from '../../store/database.js';
import { migrate } from '../../store/migrate.js';
import { makeTestClock } from '../../store/test-clock.js';
import { readTest, type Test } from '../../store/tests.js';
import type { CustomerId } from '../../sync/ids.js';
import { DeliveryFiles } from '../deliveries.js';
import { OpenNetworks } from '../networks.js';
import { TemporaryPasswords } from '../passwords.js';

/** Which test: its numbers count within the customer. */
export interface TestRef {
  readonly customer: CustomerId;
  readonly number: number;
}

/** Everything that a test works on: tables, files, network and key are its own, so that they end together. */
export interface TestSpace extends TestRef {
  readonly database: Database;
  /** Deliveries as the runs of the test keep them. */
  readonly deliveries: DeliveryFiles;
  /** Anonymised records, as they will be delivered. */
  readonly days: DeliveryFiles;
  readonly passwords: TemporaryPasswords;
  readonly key: MasterKey;
  /** The network copy. */
  network(): Promise<Network>;
}

export interface TestSpaceSettings {
  readonly databaseUrl: string;
  readonly dataFolder: string;
  readonly maxDeliveryBytes: number;
}

/** The key of this test is destroyed: nothing of it can be read any more. */
export class TestOver extends Error {
  override readonly name = 'TestOver';
  constructor(customer: string, number: number) {
    super(
      `Test ${number} of ${customer} is over and what it worked on is removed. Nothing was done. ` +
        `"usersync test show ${customer} ${number}" shows what is kept of it.`,
    );
  }
}

/** Makes, opens and removes the spaces of tests. An open one stays open for all work of this process. */
export class TestSpaces {
  readonly #open = new Map<string, Promise<OpenSpace>>();

  constructor(
    private readonly database: Database,
    private readonly keys: Keys,
    private readonly settings: TestSpaceSettings,
  ) {}

  /** A key for one test alone, sealed. */
  newKey(customer: CustomerId): string {
    return seal(this.keys.key, randomBytes(32).toString('base64'), keyContext(customer));
  }

  /** The test's key. @throws TestOver, UnknownTest, WrongKey, Tampered */
  async keyOf(test: TestRef): Promise<MasterKey> {
    return this.#keyOf(await readTest(this.database, test.customer, test.number));
  }

  /** Makes an empty space in the place of whatever an earlier attempt left. @throws TestOver, UnknownTest */
  async make(test: TestRef): Promise<TestSpace> {
    await this.removeTables(test);
    await this.removeFiles(test);
    const { schema, folder } = await readTest(this.database, test.customer, test.number);
    await mkdir(join(this.settings.dataFolder, folder), { recursive: true, mode: 0o700 });
    await migrate(this.settings.databaseUrl, schema);
    const space = await this.open(test);
    await makeTestClock(space.database);
    return space;
  }

  /** @throws TestOver, UnknownTest, WrongKey, Tampered */
  async open(test: TestRef): Promise<TestSpace> {
    const id = idOf(test);
    const known = this.#open.get(id);
    if (known !== undefined) {
      // Another process may have removed it meanwhile.
      const { key } = await readTest(this.database, test.customer, test.number);
      if (key !== null) return known;
      await this.forget(test);
      throw new TestOver(test.customer, test.number);
    }
    const opening = this.#openAnew(test);
    this.#open.set(id, opening);
    opening.catch(() => this.#open.delete(id));
    return opening;
  }

  /** Repeated, it changes nothing. @throws UnknownTest */
  async removeTables(test: TestRef): Promise<void> {
    await this.forget(test);
    const { schema } = await readTest(this.database, test.customer, test.number);
    // The name is our own: letters, digits and underscores.
    await this.database.pool.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  }

  /** Repeated, it changes nothing. @throws UnknownTest */
  async removeFiles(test: TestRef): Promise<void> {
    const { folder } = await readTest(this.database, test.customer, test.number);
    await rm(join(this.settings.dataFolder, folder), { recursive: true, force: true });
  }

  /** Closes what this process has open of the test. */
  async forget(test: TestRef): Promise<void> {
    const opened = this.#open.get(idOf(test));
    this.#open.delete(idOf(test));
    await opened?.then(
      (space) => space.close(),
      () => undefined,
    );
  }

  async close(): Promise<void> {
    const opened = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(
      opened.map((opening) =>
        opening.then(
          (space) => space.close(),
          () => undefined,
        ),
      ),
    );
  }

  async #openAnew({ customer, number }: TestRef): Promise<OpenSpace> {
    const test = await readTest(this.database, customer, number);
    const key = this.#keyOf(test);
    const { databaseUrl, dataFolder, maxDeliveryBytes } = this.settings;
    const database = openDatabase(databaseUrl, CONNECTIONS, test.schema);
    const networks = new OpenNetworks(database, key);
    const files = (name: string): DeliveryFiles =>
      new DeliveryFiles(join(dataFolder, test.folder, name), key, [], maxDeliveryBytes);
    return {
      ...{ customer, number, database, key },
      deliveries: files('deliveries'),
      days: files('days'),
      passwords: new TemporaryPasswords(key, key),
      network: () => networks.of(customer),
      async close() {
        await networks.close();
        await database.close();
      },
    };
  }

  #keyOf({ customerId, number, key }: Test): MasterKey {
    if (key === null) throw new TestOver(customerId, number);
    return parseMasterKey(openText(this.keys.ring, key, keyContext(customerId)), `the key of test ${number}`);
  }
}

type OpenSpace = TestSpace & { close(): Promise<void> };

const CONNECTIONS = 6;

function idOf({ customer, number }: TestRef): string {
  return `${customer}/${number}`;
}

function keyContext(customer: string): string {
  return `test-key/${customer}`;
}
