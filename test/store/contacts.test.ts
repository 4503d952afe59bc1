import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listContacts, saveContacts, type ContactDetails } from '../../src/store/contacts.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import type { CustomerId } from '../../src/sync/ids.js';
import { addCustomer } from '../support/bare-customer.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let place: TestDatabase;
let database: Database;
let customer: CustomerId;

beforeAll(async () => {
  place = await createTestDatabase();
  database = openDatabase(place.url);
  customer = await addCustomer(database);
});

afterAll(async () => {
  await database.close();
  await place.close();
});

describe('contacts', () => {
  test('are kept with side and role, in their order, and brought to exactly those that are given', async () => {
    await saveContacts(database, customer, [
      aContact({ id: 'staff-17', side: 'speakap' }),
      aContact({ owns: ['example-record'] }),
    ]);
    expect((await listContacts(database, customer)).map(({ id }) => id)).toEqual(['staff-17', 'c-hr']);
    await saveContacts(database, customer, [aContact({ role: 'HR director', approves: false })]);
    expect(await listContacts(database, customer)).toMatchObject([
      { id: 'c-hr', side: 'customer', role: 'HR director', approves: false, owns: [] },
    ]);
  });

  test.each([
    [{ id: 'Jo Maan' }, 'Contact 2 cannot be used: an id is'],
    [{ id: `c${'x'.repeat(40)}` }, 'an id is'],
    [{ id: '-hr' }, 'an id is'],
    [{ id: 'c-hr' }, 'the id c-hr stands in the list twice'],
    [{ email: 'nobody' }, 'its e-mail address is none'],
    [{ email: 'a@b.example, c@d.example' }, 'its e-mail address is none'],
    [{ email: 'a@b.example\r\nBcc: c@d.example' }, 'its e-mail address is none'],
    [{ role: ' ' }, 'it needs a role and a name'],
  ])('with %j are refused, all of them', async (changes, sentence) => {
    const other = await addCustomer(database, `other-${Math.random().toString(36).slice(2)}`);
    const saving = saveContacts(database, other, [aContact(), aContact({ id: 'c-it', ...changes })]);
    await expect(saving).rejects.toThrow(sentence);
    await expect(saving).rejects.not.toThrow(/Maan|@/);
    expect(await listContacts(database, other)).toEqual([]);
  });
});

function aContact(changes: Partial<ContactDetails> = {}): ContactDetails {
  return {
    ...{ id: 'c-hr', side: 'customer', role: 'HR manager', name: 'Jo Maan', email: 'hr@korenaar.example' },
    ...{ approves: true, owns: [] },
    ...changes,
  };
}
