import type { ScheduleDescription } from '@temporalio/client';
import { renderFields } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { describeSchedule } from '../../temporal/schedule.js';
import type { Context } from '../context.js';
import { NoSchedule } from './no-schedule.js';

/** `schedule show` */
export async function showSchedule(context: Context, slug: string): Promise<void> {
  const { dailyAt, timeZone } = await readCustomer(await context.database(), slug);
  const description = await describeSchedule(await context.temporal(), slug);
  if (description === null) throw new NoSchedule(slug);
  const { state, info } = description;
  const shown = {
    ...{ customer: slug, dailyAt, timeZone, paused: state.paused, note: state.note ?? '' },
    next: state.paused ? [] : info.nextActionTimes.slice(0, 3),
    last: info.recentActions.slice(-3).map(({ scheduledAt }) => scheduledAt),
  };
  context.output.answer(shown, () => renderFields(fields(shown), context.output.paint));
}

interface Shown {
  readonly dailyAt: string;
  readonly timeZone: string;
  readonly paused: boolean;
  readonly note: string;
  readonly next: readonly Date[];
  readonly last: readonly ScheduleDescription['info']['recentActions'][number]['scheduledAt'][];
}

function fields({ dailyAt, timeZone, paused, note, next, last }: Shown): readonly (readonly [string, string])[] {
  const times = (instants: readonly Date[]): string =>
    instants.length === 0 ? 'none' : instants.map((instant) => instantWords(instant, timeZone)).join(', ');
  return [
    ['daily at', `${dailyAt} ${timeZone}`],
    ['state', paused ? 'paused' : 'on'],
    ['note', note],
    ['next', times(next)],
    ['started last', times(last)],
  ];
}
