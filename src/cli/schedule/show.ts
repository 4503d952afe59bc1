import { renderFields } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { nearTimes } from '../../temporal/known-schedule.js';
import { describeSchedule } from '../../temporal/schedule.js';
import { describeWeekly, type KnownWeekly } from '../../temporal/weekly-schedule.js';
import type { Context } from '../context.js';
import { NoSchedule } from './no-schedule.js';

/** `schedule show`: the daily sync, and the weekly comparison where there is one. */
export async function showSchedule(context: Context, slug: string): Promise<void> {
  const { dailyAt, timeZone } = await readCustomer(await context.database(), slug);
  const client = await context.temporal();
  const description = await describeSchedule(client, slug);
  if (description === null) throw new NoSchedule(slug);
  const { state } = description;
  const { next, last } = nearTimes(description);
  const shown = {
    ...{ customer: slug, dailyAt, timeZone, paused: state.paused, note: state.note ?? '' },
    next: state.paused ? [] : next,
    last,
    weekly: await describeWeekly(client, slug),
  };
  context.output.answer(shown, () => renderFields(fields(shown), context.output.paint));
}

interface Shown {
  readonly dailyAt: string;
  readonly timeZone: string;
  readonly paused: boolean;
  readonly note: string;
  readonly next: readonly Date[];
  readonly last: readonly Date[];
  /** null: the network is not compared every week. */
  readonly weekly: KnownWeekly | null;
}

function fields({
  dailyAt,
  timeZone,
  paused,
  note,
  next,
  last,
  weekly,
}: Shown): readonly (readonly [string, string])[] {
  return [
    ['daily at', `${dailyAt} ${timeZone}`],
    ['state', paused ? 'paused' : 'on'],
    ['note', note],
    ['next', times(next, timeZone)],
    ['started last', times(last, timeZone)],
    ...weeklyFields(weekly, timeZone),
  ];
}

function weeklyFields(weekly: KnownWeekly | null, timeZone: string): readonly (readonly [string, string])[] {
  if (weekly === null) return [['compared weekly', 'no']];
  const does = weekly.repair ? 'what differs is mended' : 'what differs is told';
  const paused = weekly.paused ? ', paused' : '';
  return [
    ['compared weekly', `${weekly.on} at ${weekly.at} ${weekly.timeZone}, ${does}${paused}`],
    ['compared next', times(weekly.paused ? [] : weekly.next, timeZone)],
    ['compared last', times(weekly.last, timeZone)],
  ];
}

function times(instants: readonly Date[], timeZone: string): string {
  return instants.length === 0 ? 'none' : instants.map((instant) => instantWords(instant, timeZone)).join(', ');
}
