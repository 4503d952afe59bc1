import { saveSource } from '../../store/customers.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { toSource } from '../customer/add.js';
import { CommandFailed } from '../errors.js';
import { isByFile } from './plan-problems.js';
import type { Reached } from './reach.js';
import { readSourceFile } from './read-document.js';

/**
 * Seals the login to a real-time connection into Postgres; the message that follows holds nothing of it.
 * @throws CommandFailed, ProblemsFound
 */
export async function storeCredentials(
  context: Context,
  { database, onboarding }: Reached,
  path: string,
): Promise<void> {
  const { source, credentials } = await readSourceFile(path, context.env);
  if (isByFile(source.kind)) {
    throw new CommandFailed(
      `${path} describes a source of the kind ${source.kind}, which is files by SFTP and no real-time connection. Nothing was changed.`,
    );
  }
  const customer = toCustomerId(onboarding.customerId);
  const { details } = await toSource(context, customer, source, credentials, await context.keys());
  await saveSource(database, customer, details);
}
