import { makePgpKey } from '../../connections/pgp.js';
import { readCustomer } from '../../store/customers.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import type { MakeOptions } from './commands.js';
import { giveOut } from './give-out.js';

/** `pgp make` */
export async function makeKey(context: Context, slug: string, { by, kind, out }: MakeOptions): Promise<void> {
  const database = await context.database();
  const customer = toCustomerId((await readCustomer(database, slug)).id);
  const { key } = await context.keys();
  const made = await makePgpKey(database, key, customer, { kind, by });
  await giveOut(context, { customer: slug, ...made }, out);
}
