import { open } from 'node:fs/promises';
import { audit } from '../../store/audit.js';
import { readCustomer } from '../../store/customers.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { unwritable } from '../read-file.js';
import { userName } from '../user-name.js';
import type { ExportOptions } from './commands.js';
import { exportText } from './export-text.js';
import { readKnownPerson, readXid } from './known-person.js';

/** `person export` */
export async function exportPerson(
  context: Context,
  slug: string,
  text: string,
  options: ExportOptions,
): Promise<void> {
  const { output } = context;
  const xid = readXid(text);
  const database = await context.database();
  const { id, name, timeZone } = await readCustomer(database, slug);
  const customer = toCustomerId(id);
  const person = await readKnownPerson(context, database, customer, xid);
  const whole = { customer: { slug: id, name }, xid, exportedAt: new Date(), ...person };
  const isJson = options.format === 'json' || (options.format === undefined && output.json);
  const written = isJson ? JSON.stringify(whole, null, 2) : exportText(whole, timeZone);

  // First that it was asked for: an export of which nothing is written down would be none.
  const facts = { changes: person.changes.length, records: person.records.length };
  await audit(database.pool, { customer, by: options.by ?? userName(context.env), what: 'person exported', facts });
  if (options.out === undefined) return output.write(written);
  await writePrivately(options.out, `${written}\n`);
  output.note(
    `Everything about the person is in ${options.out}. Hand it over by a way that nobody else reads, and remove it.`,
  );
}

/** For its owner only, also where the file was there before. */
async function writePrivately(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, 'w', 0o600);
    try {
      await file.chmod(0o600);
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}
