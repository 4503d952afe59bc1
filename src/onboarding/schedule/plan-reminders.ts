import { shortDate } from '../calendar/date-words.js';
import { addWorkingDays } from '../calendar/working-days.js';
import { atTime } from '../calendar/zones.js';
import { nameOf } from './names.js';
import type { Situation } from './situation.js';
import type { Reminder, ReminderKind, ScheduledItem, ScheduledQuestion, Side } from './types.js';

const TIME = '09:30';

/** Working days from the due date; escalations are repeated, and then it is up to the project manager. */
const STEPS: readonly { readonly kind: ReminderKind; readonly days: number; readonly number?: number }[] = [
  { kind: 'before', days: -2 },
  { kind: 'due', days: 0 },
  { kind: 'after', days: 1 },
  { kind: 'escalation', days: 3, number: 1 },
  { kind: 'escalation', days: 8, number: 2 },
  { kind: 'escalation', days: 13, number: 3 },
];

/** The reminders of everything that is open and may begin, in the order of their moments. */
export function planReminders(
  situation: Situation,
  items: readonly ScheduledItem[],
  questions: readonly ScheduledQuestion[],
): readonly Reminder[] {
  const askedAt = new Map(situation.questions.map((question) => [question.id, question.askedAt]));
  const things = [
    ...items
      .filter((item) => mayBegin(situation, item))
      .map((item) => ({ thing: item, turn: situation.of(situation.item(item.id)).turn, from: item.startsAt })),
    ...questions
      .filter(({ done }) => !done)
      .map((question) => ({ thing: question, turn: question.side, from: askedAt.get(question.id) ?? '' })),
  ];
  const reminders = things.flatMap((each) => remindersOf(situation, each, nameOf(each.thing, items)));
  return reminders.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** Nobody is asked for what waits for somebody else, be it a deliverable or an answer. */
function mayBegin(situation: Situation, { id, done }: ScheduledItem): boolean {
  const isDone = (need: string): boolean => situation.of(situation.item(need)).doneAt !== null;
  const isAnswered = situation.questionsAbout(id).every(({ answeredAt }) => answeredAt !== null);
  return !done && isAnswered && situation.item(id).needs.every(isDone);
}

interface Open {
  readonly thing: ScheduledItem | ScheduledQuestion;
  /** Who has to act. */
  readonly turn: Side;
  /** Instant at which it could be begun. */
  readonly from: string;
}

function remindersOf({ open, timeZone }: Situation, { thing, turn, from }: Open, name: string): readonly Reminder[] {
  return STEPS.map(({ kind, days, number }): Reminder => {
    const suffix = number === undefined ? kind : `${kind}-${number}`;
    const to = kind === 'escalation' ? 'manager' : turn;
    return {
      key: `${thing.id}/${thing.dueDate}/${suffix}`,
      about: thing.id,
      kind,
      to,
      at: atTime(addWorkingDays(open, thing.dueDate, days), TIME, timeZone),
      summary: `${kind === 'escalation' ? 'escalation' : 'reminder'} to ${to}: ${name}, due ${shortDate(thing.dueDate)}`,
    };
  }).filter(({ kind, at }) => kind !== 'before' || at >= from);
}
