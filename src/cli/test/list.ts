import { renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { listCustomers, readCustomer } from '../../store/customers.js';
import { listTests } from '../../store/tests.js';
import type { Context } from '../context.js';

/** `test list` */
export async function listTestsOf(context: Context, slug: string | null): Promise<void> {
  const database = await context.database();
  if (slug !== null) await readCustomer(database, slug);
  const zones = new Map((await listCustomers(database)).map(({ id, timeZone }) => [id, timeZone]));
  const tests = (await listTests(database, slug)).map((test) => ({
    ...{ customer: test.customerId, test: test.number, mapping: test.mappingVersion, status: test.status },
    ...{ startedAt: test.startedAt, endedAt: test.endedAt, removedAt: test.tornDownAt, leftOver: test.leftOver },
  }));
  context.output.answer({ tests }, () => {
    if (tests.length === 0) return 'There was no test yet. "usersync test start SLUG" begins one.';
    const head = ['customer', 'test', 'mapping', 'status', 'started', 'removed'];
    const rows = tests.map(({ customer, test, mapping, status, startedAt, removedAt, leftOver }) => [
      ...[customer, String(test), String(mapping), status],
      instantWords(startedAt, zones.get(customer) ?? 'UTC'),
      removedAt === null ? (leftOver ?? 'not yet') : 'everything',
    ]);
    return renderTable({ head, right: [1, 2] }, rows, context.output.paint);
  });
}
