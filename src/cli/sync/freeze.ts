import { instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { freeze, unfreeze } from '../../store/freezes.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import type { FreezeOptions } from './deciding-commands.js';

/** `sync freeze` */
export async function freezeSync(context: Context, slug: string, options: FreezeOptions): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const { until: day, by, reason } = options;
  const { until } = await freeze(database, toCustomerId(slug), { day, by, reason });
  context.output.answer(
    { customer: slug, until, by, reason },
    () =>
      `${slug} is frozen until ${instantWords(until, timeZone)} (${timeZone}): runs make their plan and apply nothing. ` +
      `A run that is applying stops at its next batch. It ends by itself, or with "usersync sync unfreeze ${slug}".`,
  );
}

/** `sync unfreeze` */
export async function unfreezeSync(context: Context, slug: string, by: string): Promise<void> {
  const database = await context.database();
  await readCustomer(database, slug);
  if (!(await unfreeze(database, toCustomerId(slug), by))) {
    throw new CommandFailed(`${slug} is not frozen. Nothing was changed.`);
  }
  context.output.answer(
    { customer: slug, frozen: false },
    () => `${slug} is not frozen any more: the next run applies its plan.`,
  );
}
