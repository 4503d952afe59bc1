import { PHASES, type Baseline, type CalendarSettings } from '../schedule/types.js';
import { longDate } from './date-words.js';
import { isDate } from './dates.js';
import { timeZoneProblem } from './zones.js';
import { closePauses, withoutPauses } from './pauses.js';
import { workingDayFrom } from './working-days.js';

const MOST_HOLIDAYS = 200;
const LONGEST_PHASE = 60;
/** So many wrong holidays are named; a file in another format would fill a page. */
const NAMED_HOLIDAYS = 3;

export interface CalendarCheck {
  /** Sentences about what must be put right first. */
  readonly problems: readonly string[];
  /** Sentences about what was taken as something else. */
  readonly notes: readonly string[];
  /** The baseline as it is meant: its start is a working day, unless there are problems. */
  readonly baseline: Baseline;
}

/** Looks at what a person wrote down. `today`: date in the customer's zone, null where a start in the past is fine. */
export function checkCalendar(settings: CalendarSettings, baseline: Baseline, today: string | null): CalendarCheck {
  const problems = [
    ...[timeZoneProblem(settings.timeZone)].filter((problem) => problem !== null),
    ...holidayProblems(settings.holidays),
    ...pauseProblems(settings),
    ...startProblems(baseline.start, today),
    ...durationProblems(baseline),
  ];
  if (problems.length > 0) return { problems, notes: [], baseline };
  const start = workingDayFrom(withoutPauses(settings), baseline.start);
  const note = `The start, ${longDate(baseline.start)}, is no working day and is taken as ${longDate(start)}.`;
  return { problems, notes: start === baseline.start ? [] : [note], baseline: { ...baseline, start } };
}

export interface MoveCheck {
  readonly problem: string | null;
  readonly note: string | null;
  /** The date that counts, a working day unless there is a problem. */
  readonly date: string;
}

/** Looks at a date to which a person moves something, on a calendar that was checked. `today` in the customer's zone. */
export function checkMove(settings: CalendarSettings, date: string, today: string): MoveCheck {
  if (!isDate(date)) return { problem: `${impossible(date)} Nothing was moved.`, note: null, date };
  if (date < today) {
    return { problem: `${longDate(date)} is in the past. Nothing was moved. Choose today or later.`, note: null, date };
  }
  const moved = workingDayFrom(closePauses(settings, today), date);
  if (moved === date) return { problem: null, note: null, date };
  const note = `${longDate(date)} is no working day, so it was moved to ${longDate(moved)}.`;
  return { problem: null, note, date: moved };
}

function holidayProblems(holidays: readonly string[]): readonly string[] {
  const problems: string[] = [];
  if (holidays.length > MOST_HOLIDAYS) {
    problems.push(
      `${holidays.length} holidays are listed, and ${MOST_HOLIDAYS} are allowed. List only those of the plan.`,
    );
  }
  const wrong = holidays.filter((date) => !isDate(date));
  problems.push(...wrong.slice(0, NAMED_HOLIDAYS).map((date) => `Among the holidays: ${impossible(date)}`));
  if (wrong.length > NAMED_HOLIDAYS) problems.push(`${wrong.length - NAMED_HOLIDAYS} more holidays are no dates.`);
  return problems;
}

function pauseProblems({ pauses }: CalendarSettings): readonly string[] {
  return pauses.flatMap(({ from, to }) => {
    const wrong = [from, ...(to === null ? [] : [to])].filter((date) => !isDate(date));
    if (wrong.length > 0) return wrong.map((date) => `In a pause: ${impossible(date)}`);
    return to !== null && to < from ? [`A pause ends on ${longDate(to)}, before it begins on ${longDate(from)}.`] : [];
  });
}

function startProblems(start: string, today: string | null): readonly string[] {
  if (!isDate(start)) return [`As start: ${impossible(start)}`];
  if (today === null || start >= today) return [];
  return [`The start, ${longDate(start)}, is in the past. Choose ${longDate(today)} or later.`];
}

function durationProblems({ durations }: Baseline): readonly string[] {
  return PHASES.filter((phase) => !isDuration(durations[phase])).map(
    (phase) =>
      `${phase} takes ${durations[phase]} working days, and only whole days from 1 to ${LONGEST_PHASE} are allowed.`,
  );
}

function isDuration(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= LONGEST_PHASE;
}

function impossible(date: string): string {
  const isShaped = /^\d{4}-\d{2}-\d{2}$/.test(date);
  return isShaped ? `"${date}" does not exist in the calendar.` : `"${date}" is no date. Write it as 2026-12-01.`;
}
