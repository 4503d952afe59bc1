import { readCustomer } from '../../store/customers.js';
import { deleteWeekly, saveWeekly } from '../../temporal/weekly-schedule.js';
import type { Context } from '../context.js';
import type { WeeklyOptions } from './commands.js';

/** `schedule reconcile` */
export async function scheduleWeekly(context: Context, slug: string, options: WeeklyOptions): Promise<void> {
  const { timeZone } = await readCustomer(await context.database(), slug);
  const client = await context.temporal();
  const { on, at, repair = false, off = false } = options;
  if (off) {
    const wasThere = await deleteWeekly(client, slug);
    const words = wasThere ? 'is not compared every week any more' : 'was not compared every week; nothing was changed';
    context.output.answer({ customer: slug, weekly: null }, () => `The network of ${slug} ${words}.`);
    return;
  }
  await saveWeekly(client, { customer: slug, on, at, timeZone, taskQueue: context.config.taskQueue, repair });
  const does = repair ? 'and what differs is mended' : 'and what differs is told';
  context.output.answer(
    { customer: slug, weekly: { on, at, timeZone, repair } },
    () =>
      `The network of ${slug} is compared every ${on} at ${at} in ${timeZone}, ${does}. "usersync sync list ${slug}" shows the runs.`,
  );
}
