import { readCustomer } from '../../store/customers.js';
import { activeMapping } from '../../store/mappings.js';
import { describeSchedule, pauseSchedule, resumeSchedule } from '../../temporal/schedule.js';
import type { Context } from '../context.js';
import { userName } from '../user-name.js';
import { NoSchedule } from './no-schedule.js';

/** `schedule pause` and `schedule resume`. One without a mapping is not switched on: every run of it would fail. */
export async function switchSchedule(
  context: Context,
  slug: string,
  verb: 'pause' | 'resume',
  note: string | null,
): Promise<void> {
  const database = await context.database();
  const { dailyAt, timeZone } = await readCustomer(database, slug);
  if (verb === 'resume') await activeMapping(database, slug);
  const client = await context.temporal();
  if ((await describeSchedule(client, slug)) === null) throw new NoSchedule(slug);
  const words = `${verb}d by ${userName(context.env)}${note === null ? '' : `: ${note}`}`;
  await (verb === 'pause' ? pauseSchedule : resumeSchedule)(client, slug, words);
  context.output.answer({ customer: slug, paused: verb === 'pause', note: words }, () =>
    verb === 'pause'
      ? `The schedule of ${slug} is paused. A run that is under way goes on.`
      : `The schedule of ${slug} is on: every day at ${dailyAt} in ${timeZone}.`,
  );
}
