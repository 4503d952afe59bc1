import { countWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { retryGivenUp } from '../../store/given-up.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import type { RetryOptions } from './deciding-commands.js';

/** `sync retry`. @throws NotGivenUp, and then nothing was changed. */
export async function retrySync(context: Context, slug: string, { by, xid }: RetryOptions): Promise<void> {
  const database = await context.database();
  await readCustomer(database, slug);
  const people = await retryGivenUp(database, toCustomerId(slug), { by, xids: xid ?? null });
  context.output.answer({ customer: slug, people }, () =>
    people === 0
      ? `Nothing is given up for ${slug}, so there is nothing to try again. Nothing was changed.`
      : `The next run of ${slug} tries ${countWords(people, 'person', 'people')} again, and counts from the beginning. ` +
        `"usersync sync run ${slug} --last" starts one.`,
  );
}
