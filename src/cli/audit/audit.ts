import { renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { listAudit } from '../../store/audit.js';
import { readCustomer } from '../../store/customers.js';
import type { Context } from '../context.js';

/** `audit`: the newest first. */
export async function showAudit(context: Context, slug: string): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const entries = (await listAudit(database, slug)).map(({ at, by, what, facts }) => ({ at, by, what, facts }));
  context.output.answer({ customer: slug, entries }, () => {
    if (entries.length === 0) return 'There is no entry yet.';
    const rows = entries.map(({ at, by, what, facts }) => [instantWords(at, timeZone), by, what, factsWords(facts)]);
    return renderTable({ head: [`when (${timeZone})`, 'by', 'what', 'facts'] }, rows, context.output.paint);
  });
}

function factsWords(facts: unknown): string {
  if (typeof facts !== 'object' || facts === null) return '';
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}
