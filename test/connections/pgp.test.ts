import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePgpKey, openDelivered, openPgpKeys, resealPgpKeys } from '../../src/connections/pgp.js';
import { WrongKey } from '../../src/secrets/errors.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { forgetPgpKeys, listPgpKeys } from '../../src/store/pgp-keys.js';
import type { CustomerId } from '../../src/sync/ids.js';
import { inPieces } from '../formats/builders.js';
import { addCustomer } from '../support/bare-customer.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const OLD = parseMasterKey('ab'.repeat(32), 'a test');
const NEW = parseMasterKey('cd'.repeat(32), 'a test');

let server: TestDatabase;
let database: Database;
let customer: CustomerId;
let other: CustomerId;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url, 2);
  customer = await addCustomer(database, 'korenaar');
  other = await addCustomer(database, 'other');
});
afterAll(async () => {
  await database?.close();
  await server?.close();
});

test('a private key opens for its customer and its master key alone', async () => {
  const { fingerprint } = await makePgpKey(database, OLD, customer, { kind: 'curve25519', by: 'staff-17' });
  const { own } = await openPgpKeys(database, OLD, customer);
  expect(own).toEqual([expect.stringContaining('PGP PRIVATE KEY')]);
  await expect(openPgpKeys(database, NEW, customer)).rejects.toThrow(WrongKey);
  await database.prisma.pgpKey.updateMany({ where: { fingerprint }, data: { customerId: other } });
  await expect(openPgpKeys(database, OLD, other)).rejects.toThrow('cannot be trusted');
  await database.prisma.pgpKey.updateMany({ where: { fingerprint }, data: { customerId: customer } });
});

test('after a change of the master key it is sealed anew, and is the same', async () => {
  const { own } = await openPgpKeys(database, OLD, customer);
  await resealPgpKeys(database, { key: NEW, old: [OLD], ring: [NEW, OLD] }, customer);
  expect(await openPgpKeys(database, NEW, customer)).toEqual({ own, sender: null });
  const [sealed] = await listPgpKeys(database, customer);
  await resealPgpKeys(database, { key: NEW, old: [], ring: [NEW] }, customer);
  expect((await listPgpKeys(database, customer))[0]).toEqual(sealed);
});

test('no key is looked for where a delivery is plain text', async () => {
  const content = inPieces(Buffer.from('Id,Name\r\n1,Sanne\r\n'), 10);
  // OLD opens none of the keys any more.
  await expect(openDelivered(database, OLD, customer, content)).resolves.toBeDefined();
});

test('a customer that is not connected any more has none', async () => {
  expect(await forgetPgpKeys(database, customer)).toBe(1);
  expect(await listPgpKeys(database, customer)).toEqual([]);
  expect(await forgetPgpKeys(database, customer)).toBe(0);
});
