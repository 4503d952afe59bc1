import { days, fromTo, longDate } from '../calendar/date-words.js';
import { pauseId } from '../calendar/pauses.js';
import type { CalendarSettings, Pause, Schedule, ScheduledItem, ScheduledQuestion } from './types.js';

type Dates = Pick<Schedule, 'goLive' | 'plannedGoLive' | 'goLiveShift' | 'items' | 'questions'>;

/** A sentence about why go-live moves; `chain`: what pushed it, root first. `calendar`: with a pause that lasts still open. */
export function reasonOf(
  dates: Dates,
  chain: readonly string[],
  calendar: CalendarSettings,
  today: string,
): string | null {
  if (dates.goLiveShift === 0) return null;
  const causes = chain.flatMap((id) => causeWords(dates, id, calendar.pauses, today));
  const span = fromTo(dates.plannedGoLive, dates.goLive);
  return `Go-live moves from ${span} (${days(dates.goLiveShift, 'working day')}): ${listed(causes)}`;
}

/** Nothing for what was only pushed itself. */
function causeWords(dates: Dates, id: string, pauses: readonly Pause[], today: string): readonly string[] {
  const item = dates.items.find((each) => each.id === id);
  if (item !== undefined) return itemWords(item);
  const question = dates.questions.find((each) => each.id === id);
  if (question !== undefined) return [questionWords(question, dates.items)];
  return pauses.filter((pause) => pauseId(pause) === id).map((pause) => pauseWords(pause, today));
}

function itemWords(item: ScheduledItem): readonly string[] {
  const name = `the ${item.title} ${ofSide(item)}`;
  const moved = `${name} was moved from ${fromTo(item.plannedDue, item.dueDate)}`;
  const late = `${name} ${lateness(item)}`;
  const wasMoved = item.because.includes(item.id);
  return [...(wasMoved ? [moved] : []), ...(item.lateBy > 0 ? [late] : [])];
}

function questionWords(question: ScheduledQuestion, items: readonly ScheduledItem[]): string {
  const about = items.find(({ id }) => id === question.about);
  const subject = about === undefined ? '' : ` about the ${about.title}`;
  return `an answer ${ofSide(question)}${subject} ${lateness(question)}`;
}

function pauseWords({ from, to }: Pause, today: string): string {
  if (to === null) return `the implementation is paused since ${longDate(from)}`;
  const verb = to < today ? 'was' : 'is';
  return `the implementation ${verb} paused ${from === to ? `on ${longDate(from)}` : `from ${fromTo(from, to)}`}`;
}

function lateness({ done, lateBy }: ScheduledItem | ScheduledQuestion): string {
  return `${done ? 'was' : 'is'} ${days(lateBy)} late`;
}

function ofSide({ side }: ScheduledItem | ScheduledQuestion): string {
  return side === 'customer' ? 'of the customer' : 'of Speakap';
}

/** `a`, `a and b`, `a, b and c` */
function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
