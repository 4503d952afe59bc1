import { earlierDate, laterDate } from '../calendar/dates.js';
import { pauseId, pausesBetween } from '../calendar/pauses.js';
import { addWorkingDays, workingDayFrom, workingDaysBetween, workingDayUntil } from '../calendar/working-days.js';
import { dateAt } from '../calendar/zones.js';
import type { Situation } from './situation.js';
import type { OpenQuestion, PlannedItem } from './types.js';

/** Dates of an item or a question as things stand. */
export interface Standing {
  readonly start: string;
  readonly due: string;
  readonly finish: string;
  readonly because: readonly string[];
}

/** A reason for which an item may be due later than planned. */
interface Push {
  readonly due: string;
  readonly start: string;
  readonly because: readonly string[];
}

/** Gives items and questions their dates, each after what it needs. Items must be in that order. */
export function passForward(situation: Situation): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  for (const question of situation.questions) standings.set(question.id, standingOfQuestion(situation, question));
  for (const item of situation.items) standings.set(item.id, standingOfItem(situation, item, standings));
  return standings;
}

/**
 * Working days that an item takes after something which it waits for: as many as the plan gives it after the last thing that
 * it needs. Never more than the plan has between the two, so nothing shifts further than something is late.
 */
export function daysAfter(situation: Situation, item: PlannedItem, plannedBefore: string): number {
  const { calendar, plan } = situation.of(item);
  const last = item.needs.map((id) => plan.due(situation.item(id))).reduce(laterDate, plannedBefore);
  return Math.max(0, workingDaysBetween(calendar, last, plan.due(item)));
}

function standingOfQuestion(situation: Situation, question: OpenQuestion): Standing {
  const due = dueOfQuestion(situation, question);
  const asked = dateAt(question.askedAt, situation.timeZone);
  return { start: asked, due, finish: finishOf(situation, due, question.answeredAt), because: [] };
}

/** Days of a pause do not count: whoever had three days to answer still has three. */
function dueOfQuestion({ base, open, timeZone }: Situation, { askedAt, due }: OpenQuestion): string {
  const asked = dateAt(askedAt, timeZone);
  if (due <= asked) return workingDayFrom(open, due);
  return addWorkingDays(open, asked, workingDaysBetween(base, asked, workingDayFrom(base, due)));
}

function standingOfItem(situation: Situation, item: PlannedItem, standings: ReadonlyMap<string, Standing>): Standing {
  const { plan, doneAt } = situation.of(item);
  const own = ownPush(situation, item, standings);
  const pushes = [...pushesOfNeeds(situation, item, standings), ...pushesOfQuestions(situation, item, standings)];
  const last = pushes.reduce((latest, push) => (push.due > latest.due ? push : latest), own);
  const start = pushes.reduce((latest, push) => laterDate(latest, push.start), plan.start(item));
  const isShifted = last.due !== situation.baseline.due(item);
  const finish = finishOf(situation, last.due, doneAt, situation.of(item).calendar);
  return { start: earlierDate(start, last.due), due: last.due, finish, because: isShifted ? last.because : [] };
}

/** Its date of the plan, or the one a person gave it, which is no sooner than what it needs. */
function ownPush(situation: Situation, item: PlannedItem, standings: ReadonlyMap<string, Standing>): Push {
  const { calendar, plan, movedTo } = situation.of(item);
  const start = plan.start(item);
  if (movedTo === null) return { due: plan.due(item), start, because: pausesIn(situation, item, null, plan.due(item)) };
  let due = workingDayFrom(calendar, movedTo);
  for (const need of item.needs) due = laterDate(due, workingDayFrom(calendar, standings.get(need)?.finish ?? due));
  return { due, start, because: [item.id] };
}

function pushesOfNeeds(
  situation: Situation,
  item: PlannedItem,
  standings: ReadonlyMap<string, Standing>,
): readonly Push[] {
  return item.needs.flatMap((id) => {
    const planned = situation.of(item).plan.due(situation.item(id));
    return pushOf(situation, item, { id, planned, standing: standings.get(id) });
  });
}

function pushesOfQuestions(
  situation: Situation,
  item: PlannedItem,
  standings: ReadonlyMap<string, Standing>,
): readonly Push[] {
  return situation.questionsAbout(item.id).flatMap(({ id }) => {
    const standing = standings.get(id);
    return pushOf(situation, item, { id, planned: standing?.due ?? '', standing });
  });
}

interface Before {
  readonly id: string;
  readonly planned: string;
  readonly standing: Standing | undefined;
}

/** What is finished later than planned pushes; what is early or on time moves nothing. */
function pushOf(situation: Situation, item: PlannedItem, { id, planned, standing }: Before): readonly Push[] {
  if (standing === undefined || standing.finish <= planned) return [];
  const { calendar } = situation.of(item);
  const days = daysAfter(situation, item, planned);
  const due = addWorkingDays(calendar, standing.finish, days);
  const start = addWorkingDays(calendar, standing.finish, Math.min(1, days));
  const because = [...standing.because, id, ...pausesIn(situation, item, standing.due, due)];
  return [{ due, start, because: [...new Set(because)] }];
}

/** Ids of the pauses that took working days on the way to a due date; `after` null: since the start of the plan. */
function pausesIn(situation: Situation, item: PlannedItem, after: string | null, due: string): readonly string[] {
  const { calendar } = situation.of(item);
  return pausesBetween(calendar, situation.base, after ?? situation.dayBeforeStart, due).map(pauseId);
}

/** What was done counts on its day, on a free day as the evening before it; what is late, today at the earliest. */
function finishOf(situation: Situation, due: string, doneAt: string | null, calendar = situation.open): string {
  if (doneAt !== null) return workingDayUntil(calendar, dateAt(doneAt, situation.timeZone));
  return situation.today > due ? workingDayFrom(situation.open, situation.today) : due;
}
