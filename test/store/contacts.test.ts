import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listContacts, readContact, saveContacts, UnknownContact, type NewContact } from '../../src/store/contacts.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import type { CustomerId } from '../../src/sync/ids.js';
import { addCustomer } from '../support/customers.js';
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
  test('are kept with side and role, and brought up to date', async () => {
    await saveContacts(database, customer, [aContact(), aContact({ id: 'staff-17', side: 'speakap' })]);
    await saveContacts(database, customer, [aContact({ role: 'HR director' })]);
    expect((await listContacts(database, customer)).map(({ id, side, role }) => `${id} ${side} ${role}`)).toEqual([
      'c-hr customer HR director',
      'staff-17 speakap HR manager',
    ]);
    expect((await readContact(database, customer, 'c-hr')).email).toBe('hr@korenaar.example');
  });

  test('that are not there are told by the ids that are, and by no name', async () => {
    const asking = readContact(database, customer, 'Jo Maan');
    await expect(asking).rejects.toThrow(UnknownContact);
    await expect(asking).rejects.toThrow(
      'korenaar has no contact of this id. There are: c-hr, staff-17. Nothing was changed.',
    );
    await expect(readContact(database, 'nobody', 'c-hr')).rejects.toThrow('It has none yet');
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

function aContact(changes: Partial<NewContact> = {}): NewContact {
  return {
    ...{ id: 'c-hr', side: 'customer', role: 'HR manager', name: 'Jo Maan', email: 'hr@korenaar.example' },
    ...changes,
  };
}
