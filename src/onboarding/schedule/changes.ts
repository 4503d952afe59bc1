import { days } from '../calendar/date-words.js';
import { addDays, laterDate } from '../calendar/dates.js';
import { addWorkingDays, workingDayFrom } from '../calendar/working-days.js';
import { startOfDay } from '../calendar/zones.js';
import { nameOf } from './names.js';
import type { Situation } from './situation.js';
import type { CalendarSettings, Schedule, ScheduledItem, ScheduledQuestion } from './types.js';

type Change = Pick<Schedule, 'changesAt' | 'changesBecause'>;

/** When the dates change next without anybody doing anything: after the last day on which an open thing is still in time. */
export function nextChange(
  situation: Situation,
  items: readonly ScheduledItem[],
  questions: readonly ScheduledQuestion[],
  calendar: CalendarSettings,
): Change {
  // What is needed stands before what needs it: the need is late, and only shifts the other.
  const byId = new Map(items.map((item) => [item.id, item]));
  const ordered = situation.items.flatMap(({ id }) => byId.get(id) ?? []);
  const changes = [...questions, ...ordered]
    .filter(({ done }) => !done)
    .map((thing) => ({
      day: addDays(workingDayFrom(situation.open, laterDate(situation.today, thing.dueDate)), 1),
      because: latenessWords(thing, items),
    }));
  const pause = calendar.pauses.find(({ to }) => to === null);
  if (pause !== undefined) {
    const day = addWorkingDays(situation.base, laterDate(situation.today, pause.from), 1);
    changes.push({ day, because: 'the pause goes on for another day' });
  }
  const first = changes.reduce<(typeof changes)[number] | null>(
    (best, change) => (best === null || change.day < best.day ? change : best),
    null,
  );
  if (first === null) return { changesAt: null, changesBecause: null };
  return { changesAt: startOfDay(first.day, situation.timeZone), changesBecause: first.because };
}

function latenessWords(thing: ScheduledItem | ScheduledQuestion, items: readonly ScheduledItem[]): string {
  return `${nameOf(thing, items)} (${thing.side}) is ${days(thing.lateBy + 1)} late`;
}
