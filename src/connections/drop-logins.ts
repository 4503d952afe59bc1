import { randomInt } from 'node:crypto';
import type { Connection } from '../store/database.js';
import { lockDropAccount, upsertDropAccount, type FoundLogin, type NewDropAccount } from '../store/drop-accounts.js';
import { intakeUserName } from './drop-source.js';

/** A login by which the customer uploads. */
export type UploadLogin = Omit<NewDropAccount, 'access'>;

/** The user name cannot be given to this login. */
export class LoginTaken extends Error {
  override readonly name = 'LoginTaken';
}

/** What a user name of the drop looks like. */
export function isUserName(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{1,63}$/i.test(text);
}

/**
 * The login that has this name, held still until the transaction ends; null when it is free.
 * @throws LoginTaken when it is our own intake's or another customer's.
 */
export async function findOwnLogin(
  connection: Connection,
  { userName, customer }: Pick<UploadLogin, 'userName' | 'customer'>,
): Promise<FoundLogin | null> {
  if (userName === intakeUserName(customer)) {
    throw new LoginTaken(
      `"${userName}" is the login of our own intake. Nothing was changed. Choose another user name.`,
    );
  }
  const found = await lockDropAccount(connection, userName);
  if (found === null || found.customer === customer) return found;
  throw new LoginTaken(
    `The user name "${userName}" is taken by another customer. Nothing was changed. Choose another one.`,
  );
}

/** Makes the login, or gives the one of this name new ways in. */
export async function saveUploadLogin(connection: Connection, login: UploadLogin): Promise<void> {
  await upsertDropAccount(connection, { ...login, access: 'upload' });
}

/** Without letters that look alike, in groups: it is read aloud and typed. About 119 bits. */
export function drawDropPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = (): string => Array.from({ length: 6 }, () => letters.charAt(randomInt(letters.length))).join('');
  return [group(), group(), group(), group()].join('-');
}
