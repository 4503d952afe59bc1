import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTransaction, openDatabase, type Database } from '../../src/store/database.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let place: TestDatabase;
let proxy: TcpProxy;
let database: Database;

beforeEach(async () => {
  place = await createTestDatabase();
  const url = new URL(place.url);
  proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  database = openDatabase(url.href);
});

afterEach(async () => {
  await database.close();
  await proxy.close();
  await place.close();
});

/** An error event that nobody listens to would end the worker; vitest reports it as an error of its own. */
test('a connection lost in the middle of a transaction fails that transaction and nothing else', async () => {
  const work = inTransaction(database, async (connection) => {
    await connection.query('CREATE TABLE half (done boolean)');
    proxy.cut();
    await sleep(200);
    await connection.query('INSERT INTO half VALUES (true)');
  });
  await expect(work).rejects.toThrow();
  proxy.mend();
  const { rows } = await database.pool.query(`SELECT to_regclass('half') AS half`);
  expect(rows).toEqual([{ half: null }]);
});
