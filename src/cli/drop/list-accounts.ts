import { renderFields, renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { listDropAccounts } from '../../store/drop-accounts.js';
import type { Context } from '../context.js';
import { addressFields, dropAddress, type DropAddress } from './drop-address.js';

/** `drop account list` */
export async function listAccounts(context: Context, slug: string): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const accounts = (await listDropAccounts(database, slug)).map((account) => ({
    userName: account.userName,
    access: account.access,
    password: account.passwordHash !== null,
    keys: account.publicKeys.length,
    allowedFrom: account.allowedFrom,
    createdAt: account.createdAt,
    disabled: account.disabledAt !== null,
  }));
  const address = await dropAddress(context);
  context.output.answer({ ...address, accounts }, () => text(context, address, accounts, timeZone));
}

interface Listed {
  readonly userName: string;
  readonly access: string;
  readonly password: boolean;
  readonly keys: number;
  readonly allowedFrom: readonly string[];
  readonly createdAt: Date;
  readonly disabled: boolean;
}

function text({ output }: Context, address: DropAddress, accounts: readonly Listed[], timeZone: string): string {
  if (accounts.length === 0) return 'There is no login yet. "usersync drop account add" makes one.';
  const rows = accounts.map(({ userName, access, password, keys, allowedFrom, createdAt, disabled }) => [
    userName,
    access === 'fetch' ? 'our intake' : 'the customer',
    [...(password ? ['password'] : []), ...(keys > 0 ? [`${keys} key(s)`] : [])].join(', '),
    allowedFrom.join(', '),
    instantWords(createdAt, timeZone),
    disabled ? 'disabled' : 'open',
  ]);
  const head = ['user name', 'for', 'way in', 'from', `made (${timeZone})`, 'state'];
  return `${renderFields(addressFields(address), output.paint)}\n\n${renderTable({ head, widths: { 3: 40 } }, rows, output.paint)}`;
}
