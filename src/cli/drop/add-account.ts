import {
  drawDropPassword,
  findOwnLogin,
  isUserName,
  saveUploadLogin,
  type UploadLogin,
} from '../../connections/drop-logins.js';
import { checkAllowList } from '../../drop/allow-list.js';
import { hashPassword } from '../../drop/password.js';
import { renderFields } from '../../report/table.js';
import { readCustomer } from '../../store/customers.js';
import { inTransaction, type Database } from '../../store/database.js';
import { lockCustomer } from '../../store/lock-customer.js';
import { toCustomerId, type CustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed, WrongUsage } from '../errors.js';
import type { AddAccountOptions } from './commands.js';
import { addressFields, dropAddress, type DropAddress } from './drop-address.js';
import { readPublicKeys } from './public-keys.js';
import { readPassword } from './read-password.js';

/** `drop account add` */
export async function addAccount(
  context: Context,
  slug: string,
  userName: string,
  options: AddAccountOptions,
): Promise<void> {
  refuseSenseless(userName, options);
  const database = await context.database();
  const customer = toCustomerId((await readCustomer(database, slug)).id);
  const publicKeys = await readPublicKeys(options.key ?? []);
  const password =
    options.generatePassword === true
      ? drawDropPassword()
      : options.passwordStdin === true
        ? await readPassword()
        : null;

  const passwordHash = password === null ? null : await hashPassword(password);
  const ways = { passwordHash, publicKeys, allowedFrom: options.from, maxFileBytes: context.config.maxDeliveryBytes };
  await save(database, { userName, customer, ...ways }, options.replace === true);
  const shown = options.generatePassword === true ? password : null;
  sayAdded(
    context,
    { userName, customer, allowedFrom: options.from, keys: publicKeys.length, password: shown },
    await dropAddress(context),
  );
}

function refuseSenseless(userName: string, { from, generatePassword, passwordStdin, key }: AddAccountOptions): void {
  if (!isUserName(userName)) {
    throw new WrongUsage(
      `"${userName}" is no user name: use letters, digits, dots, hyphens and underscores, at least two. Nothing was changed.`,
    );
  }
  if (generatePassword === true && passwordStdin === true) {
    throw new WrongUsage('Give either --generate-password or --password-stdin. Nothing was changed.');
  }
  if (generatePassword !== true && passwordStdin !== true && key === undefined) {
    throw new WrongUsage(
      'A login needs a way in: --generate-password, --password-stdin or --key FILE. Nothing was changed.',
    );
  }
  try {
    checkAllowList(from);
  } catch (error) {
    if (error instanceof RangeError) throw new WrongUsage(`${error.message} Nothing was changed.`);
    throw error;
  }
}

async function save(database: Database, login: UploadLogin, mayReplace: boolean): Promise<void> {
  await inTransaction(database, async (connection) => {
    await lockCustomer(connection, login.customer);
    const found = await findOwnLogin(connection, login);
    if (found !== null && !mayReplace) {
      throw new CommandFailed(
        `The login "${login.userName}" is there already. Nothing was changed. Give --replace to change its ways in.`,
      );
    }
    await saveUploadLogin(connection, login);
  });
}

interface Added {
  readonly userName: string;
  readonly customer: CustomerId;
  readonly allowedFrom: readonly string[];
  readonly keys: number;
  /** Only one that was made just now. */
  readonly password: string | null;
}

function sayAdded({ output }: Context, added: Added, address: DropAddress): void {
  const { userName, customer, allowedFrom, keys, password } = added;
  output.answer({ ...added, ...address }, () => {
    const fields: (readonly [string, string])[] = [...addressFields(address), ['user name', userName]];
    if (password !== null) fields.push(['password', `${password}  (shown only now)`]);
    if (keys > 0) fields.push(['keys', String(keys)]);
    fields.push(['from', allowedFrom.join(', ')]);
    const login = address.host === null ? '' : `\n\nTo try it: sftp -P ${address.port} ${userName}@${address.host}`;
    return `The login of ${customer} is made. To hand over, by a safe way:\n\n${renderFields(fields, output.paint)}${login}`;
  });
}
