import { laterDate } from '../calendar/dates.js';
import { CONTACT_FROM, CONTACT_UNTIL } from '../calendar/contact-moment.js';
import { pauseId, pausesBetween } from '../calendar/pauses.js';
import { workingDaysBetween } from '../calendar/working-days.js';
import { atTime } from '../calendar/zones.js';
import { nextChange } from './changes.js';
import { criticalItems } from './critical-path.js';
import { passForward, type Standing } from './forward-pass.js';
import { checkRequest } from './order.js';
import { planReminders } from './plan-reminders.js';
import { reasonOf } from './reason.js';
import { lookUp, type Situation } from './situation.js';
import {
  GO_LIVE_ITEM,
  type Dated,
  type OpenQuestion,
  type PlannedItem,
  type Schedule,
  type ScheduledItem,
  type ScheduleRequest,
} from './types.js';

/**
 * Gives everything its dates, on a calendar that `checkCalendar` found good: what is late shifts what needs it, and nothing
 * else. @throws ImpossiblePlan for needs that go in a circle, for unknown or doubled ids; NoWorkingDay
 */
export function makeSchedule(request: ScheduleRequest, goLiveItem: string = GO_LIVE_ITEM): Schedule {
  checkRequest(request, goLiveItem);
  const situation = lookUp(request);
  const standings = passForward(situation);
  const goLive = goLiveOf(situation, standings, goLiveItem);
  const critical = criticalItems(situation, standings, { item: goLiveItem, date: goLive.goLive });

  const items = request.items.map((item) => scheduleItem(situation, item, standings, critical));
  const questions = request.questions.map((question) => ({
    ...dated(situation, question, question.answeredAt !== null, standingOf(standings, question.id)),
    about: question.about,
  }));
  const dates = { ...goLive, items, questions };
  return {
    now: situation.now,
    calendar: situation.open,
    phases: situation.baseline.phases,
    ...dates,
    goLiveAt: atTime(goLive.goLive, CONTACT_UNTIL, situation.timeZone),
    reason: reasonOf(dates, chainOf(situation, items, goLiveItem), request.calendar, situation.today),
    reminders: planReminders(situation, items, questions),
    ...nextChange(situation, items, questions, request.calendar),
  };
}

/** The finish of the last item, never before the plan: what is early pulls nothing forward. */
function goLiveOf(situation: Situation, standings: ReadonlyMap<string, Standing>, goLiveItem: string) {
  const plannedGoLive = situation.baseline.due(situation.item(goLiveItem));
  const goLive = laterDate(plannedGoLive, standingOf(standings, goLiveItem).finish);
  return { goLive, plannedGoLive, goLiveShift: workingDaysBetween(situation.base, plannedGoLive, goLive) };
}

function scheduleItem(
  situation: Situation,
  item: PlannedItem,
  standings: ReadonlyMap<string, Standing>,
  critical: ReadonlySet<string>,
): ScheduledItem {
  const { baseline, base, timeZone } = situation;
  const standing = standingOf(standings, item.id);
  const plannedDue = baseline.due(item);
  return {
    ...dated(situation, item, situation.of(item).doneAt !== null, standing),
    title: item.title,
    phase: item.phase,
    plannedStart: baseline.start(item),
    plannedDue,
    startsAt: atTime(standing.start, CONTACT_FROM, timeZone),
    shiftedBy: workingDaysBetween(base, plannedDue, standing.due),
    because: standing.because,
    critical: critical.has(item.id),
  };
}

function dated(
  { timeZone, today, open }: Situation,
  { id, side }: PlannedItem | OpenQuestion,
  done: boolean,
  { due, finish }: Standing,
): Dated {
  return {
    id,
    side,
    dueDate: due,
    dueAt: atTime(due, CONTACT_UNTIL, timeZone),
    finish,
    done,
    late: !done && today > due,
    lateBy: Math.max(0, workingDaysBetween(open, due, finish)),
  };
}

/** What pushed go-live, root first: what pushed the last item, and its own lateness. */
function chainOf({ open, base }: Situation, items: readonly ScheduledItem[], goLiveItem: string): readonly string[] {
  const last = items.find(({ id }) => id === goLiveItem);
  if (last === undefined) return [];
  if (last.lateBy === 0) return last.because;
  const pauses = pausesBetween(open, base, last.dueDate, last.finish).map(pauseId);
  return [...new Set([...last.because, goLiveItem, ...pauses])];
}

function standingOf(standings: ReadonlyMap<string, Standing>, id: string): Standing {
  const standing = standings.get(id);
  if (standing === undefined) throw new Error(`${id} was given no dates.`);
  return standing;
}
