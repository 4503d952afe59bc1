import { addDays } from '../calendar/dates.js';
import { closePauses, withoutPauses, withPausesUntil } from '../calendar/pauses.js';
import { dateAt } from '../calendar/zones.js';
import { planDates, type PlanDates } from './baseline.js';
import { inOrder } from './order.js';
import type { CalendarSettings, OpenQuestion, PlannedItem, ScheduleRequest, Side } from './types.js';

/** What is known about one item. */
export interface ItemSituation {
  readonly doneAt: string | null;
  readonly movedTo: string | null;
  /** The side that has to act now. */
  readonly turn: Side;
  /** For what is done, pauses that began later do not count. */
  readonly calendar: CalendarSettings;
  readonly plan: PlanDates;
}

/** A request, looked up once: items in the order of their needs, with the calendars that count for them. */
export interface Situation {
  readonly now: string;
  readonly today: string;
  readonly timeZone: string;
  /** Without pauses. */
  readonly base: CalendarSettings;
  /** With pauses, of which one that lasts is closed today. */
  readonly open: CalendarSettings;
  readonly baseline: PlanDates;
  readonly dayBeforeStart: string;
  readonly items: readonly PlannedItem[];
  readonly questions: readonly OpenQuestion[];
  item(id: string): PlannedItem;
  of(item: PlannedItem): ItemSituation;
  questionsAbout(id: string): readonly OpenQuestion[];
}

/** @throws ImpossiblePlan, NoWorkingDay */
export function lookUp(request: ScheduleRequest): Situation {
  const { calendar, items, questions } = request;
  const { timeZone } = calendar;
  const now = new Date(request.now).toISOString();
  const today = dateAt(now, timeZone);
  const base = withoutPauses(calendar);
  const open = closePauses(calendar, today);
  const byId = new Map(items.map((item) => [item.id, item]));
  const planOn = plansByCalendar(request, byId);
  const progress = new Map(request.progress.map((entry) => [entry.id, entry]));
  const situations = new Map(
    items.map(({ id, side }) => {
      const { doneAt = null, movedTo = null, turn = side } = progress.get(id) ?? {};
      const own = doneAt === null ? open : withPausesUntil(open, dateAt(doneAt, timeZone));
      return [id, { doneAt, movedTo, turn, calendar: own, plan: planOn(own) }];
    }),
  );
  return {
    now,
    today,
    timeZone,
    base,
    open,
    baseline: planOn(base),
    dayBeforeStart: addDays(request.baseline.start, -1),
    items: inOrder(items),
    questions,
    item: (id) => known(byId, id),
    of: (item) => known(situations, item.id),
    questionsAbout: (id) => questions.filter(({ about }) => about === id),
  };
}

/** Few calendars are many items': each plan is made once. */
function plansByCalendar(
  { baseline }: ScheduleRequest,
  byId: ReadonlyMap<string, PlannedItem>,
): (calendar: CalendarSettings) => PlanDates {
  const plans = new Map<CalendarSettings, PlanDates>();
  return (calendar) => {
    const plan = plans.get(calendar) ?? planDates(calendar, baseline, byId);
    plans.set(calendar, plan);
    return plan;
  };
}

function known<V>(map: ReadonlyMap<string, V>, id: string): V {
  const value = map.get(id);
  if (value === undefined) throw new Error(`${id} was not checked before it was looked up.`);
  return value;
}
