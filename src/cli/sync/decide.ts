import { readCustomer } from '../../store/customers.js';
import { saveSelection } from '../../store/holds.js';
import { decide } from '../../temporal/runs.js';
import type { Decision } from '../../workflows/messages.js';
import type { Context } from '../context.js';
import type { DecideOptions } from './deciding-commands.js';
import { heldRun } from './held.js';
import { refuseWithoutWorker } from './worker-check.js';

/**
 * `sync approve` and `sync refuse`: an update to the run that waits, which answers at once whether it makes sense. Who it is
 * about is written down in Postgres first; the message only names the list.
 */
export async function decideSync(
  context: Context,
  slug: string,
  verb: 'approve' | 'refuse',
  { by, kind, comment, run, xid = [] }: DecideOptions,
): Promise<void> {
  const database = await context.database();
  await readCustomer(database, slug);
  const client = await context.temporal();
  await refuseWithoutWorker(client, context.config.taskQueue);
  const decision: Decision = {
    ...{ by, comment },
    ...(kind === undefined ? {} : { kind }),
    ...(run === undefined ? {} : { run }),
    ...(xid.length === 0 ? {} : await selectionOf(xid)),
  };
  const answer = await decide(client, slug, decision, verb === 'approve');
  context.output.answer(
    { customer: slug, decision: verb, ...decision, answer },
    () => `${answer} "usersync sync list ${slug}" shows how it ends.`,
  );

  async function selectionOf(xids: readonly string[]): Promise<Pick<Decision, 'selection' | 'run'>> {
    // A dry run may be newer than the one that waits.
    const waiting = await heldRun(database, slug, run ?? null, 'live');
    return { selection: await saveSelection(database, waiting, { xids, by, comment }), run: waiting.number };
  }
}
