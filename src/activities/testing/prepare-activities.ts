import { readCustomer, saveTestCustomer } from '../../store/customers.js';
import { saveMapping } from '../../store/mappings.js';
import { readTest, updateTest } from '../../store/tests.js';
import type { ActivityParts } from '../parts.js';
import { anonymiseInto, disguiseOf } from './anonymise.js';
import { refOf, type TestRequest } from './request.js';

export function createPrepareActivities(parts: ActivityParts) {
  const { database, tests } = parts;
  return {
    /** Makes the space of the test anew and fills it: the translated mapping and the anonymised record. */
    async anonymiseRecord(request: TestRequest): Promise<{ readonly note: string }> {
      const test = await readTest(database, request.customer, request.number);
      const { name, timeZone, dailyAt, manager } = await readCustomer(database, request.customer);
      const space = await tests.make(refOf(request));
      const made = await disguiseOf(parts, space, test.mappingVersion);
      const { document, snapshot, plan } = made;
      await saveTestCustomer(space.database, { id: space.customer, name, timeZone, dailyAt, manager });
      const importedBy = `test-${test.number}`;
      await saveMapping(space.database, { customer: space.customer, document, importedBy, comment: '' });
      const { people, rows } = await anonymiseInto(parts, space, made, 'day-1');
      await updateTest(database, test, { snapshotId: snapshot.id });
      const kept = [...plan.columns.values()].filter(({ kind }) => kind === 'kept').length;
      return {
        note:
          `${people} people in ${rows} rows; ${plan.columns.size - kept} columns disguised, ${kept} kept, ` +
          `${plan.dropped.length} dropped; the mapping makes the same of every record`,
      };
    },
  };
}
