import { earlierDate, laterDate } from '../calendar/dates.js';
import { addWorkingDays, workingDayFrom } from '../calendar/working-days.js';
import { PHASES, type Baseline, type CalendarSettings, type PhaseDates, type PlannedItem } from './types.js';

/** The plan on a calendar, before anything happened. */
export interface PlanDates {
  readonly phases: readonly PhaseDates[];
  /** The date on which an item is planned to be due. */
  readonly due: (item: PlannedItem) => string;
  /** The first date on which it is planned that an item can be worked on. */
  readonly start: (item: PlannedItem) => string;
}

/** Every phase begins on the first working day after the one before it. @throws NoWorkingDay */
export function planDates(
  calendar: CalendarSettings,
  baseline: Baseline,
  byId: ReadonlyMap<string, PlannedItem>,
): PlanDates {
  const phases = phaseDates(calendar, baseline);
  const datesOf = new Map(phases.map((dates) => [dates.phase, dates]));
  const due = (item: PlannedItem): string => {
    const { from, to } = found(datesOf, item.phase);
    return earlierDate(addWorkingDays(calendar, from, item.dueDay - 1), to);
  };
  const start = (item: PlannedItem): string => {
    let first = found(datesOf, item.phase).from;
    for (const need of item.needs) first = laterDate(first, addWorkingDays(calendar, due(found(byId, need)), 1));
    return earlierDate(first, due(item));
  };
  return { phases, due, start };
}

function phaseDates(calendar: CalendarSettings, { start, durations }: Baseline): readonly PhaseDates[] {
  let from = workingDayFrom(calendar, start);
  return PHASES.map((phase) => {
    const to = addWorkingDays(calendar, from, durations[phase] - 1);
    const dates = { phase, from, to };
    from = addWorkingDays(calendar, to, 1);
    return dates;
  });
}

function found<K extends string, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`No ${key} among what was checked.`);
  return value;
}
