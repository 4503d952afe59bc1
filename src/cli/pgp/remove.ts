import { readCustomer } from '../../store/customers.js';
import { listPgpKeys, removePgpKey } from '../../store/pgp-keys.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { fingerprintWords } from './key-text.js';

/** `pgp remove` */
export async function removeKey(context: Context, slug: string, given: string, by: string): Promise<void> {
  const database = await context.database();
  const customer = toCustomerId((await readCustomer(database, slug)).id);
  const wanted = given.replaceAll(/\s|^0x/gi, '').toUpperCase();
  const keys = await listPgpKeys(database, customer);
  const found = wanted.length < 16 ? undefined : keys.find(({ fingerprint }) => fingerprint.endsWith(wanted));
  if (found === undefined || !(await removePgpKey(database, customer, found.fingerprint, by))) {
    throw new CommandFailed(
      `${slug} has no PGP key with this fingerprint. Nothing was changed. "usersync pgp show ${slug}" tells those that there are.`,
    );
  }
  const { fingerprint } = found;
  context.output.answer(
    { customer: slug, removed: fingerprint },
    () => `The key ${fingerprintWords(fingerprint)} is removed: a message for it is refused from now on.`,
  );
}
