import { readCustomer } from '../../store/customers.js';
import { decide } from '../../temporal/runs.js';
import type { Context } from '../context.js';
import type { DecideOptions } from './commands.js';
import { refuseWithoutWorker } from './worker-check.js';

/** `sync approve` and `sync refuse`: an update to the run that waits, which answers at once whether it makes sense. */
export async function decideSync(
  context: Context,
  slug: string,
  verb: 'approve' | 'refuse',
  { by, kind, comment }: DecideOptions,
): Promise<void> {
  await readCustomer(await context.database(), slug);
  const client = await context.temporal();
  await refuseWithoutWorker(client, context.config.taskQueue);
  const decision = { by, ...(kind === undefined ? {} : { kind }), ...(comment === undefined ? {} : { comment }) };
  const answer = await decide(client, slug, decision, verb === 'approve');
  context.output.answer(
    { customer: slug, decision: verb, ...decision, answer },
    () => `${answer} "usersync sync list ${slug}" shows how it ends.`,
  );
}
