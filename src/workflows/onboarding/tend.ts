import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import { deliverablesFor } from '../../onboarding/deliverables.js';
import { markRecorded, unrecorded } from '../../onboarding/events.js';
import { outlookOf, sideToAct } from '../../onboarding/health.js';
import { openQuestions } from '../../onboarding/owners.js';
import { toRealTime } from '../../onboarding/schedule/clock.js';
import type { Moment, Reminder } from '../../onboarding/schedule/types.js';
import { isSettled } from '../../onboarding/state.js';
import { onboardingActivities, quick } from './activities.js';
import type { Course } from './course.js';
import { doDuties } from './duties.js';
import type { OnboardingInput } from './messages.js';
import type { onboarding } from './onboarding.js';

/** Longer than any implementation, for what has no date of its own. */
const AT_MOST_MS = 366 * 86_400_000;

/** Keeps an onboarding going until everything is checked off: does what is owed, keeps the dates, reminds, and waits. */
export async function tend(course: Course, input: OnboardingInput): Promise<void> {
  for (;;) {
    const next = await catchUp(course);
    if (course.isOver || isEverythingSettled(course)) return;
    if (course.isHistoryFull()) await goOnInNewHistory(course, input);
    await waitForNews(course, next);
  }
}

/** Until nothing is new: what is done for one piece of news may be another. */
async function catchUp(course: Course): Promise<Moment | null> {
  for (;;) {
    // First, since what is said while a duty is done may be owed another one.
    course.hasNews = false;
    await doDuties(course);
    const next = await keepDates(course);
    await writeDown(course);
    if (!course.hasNews || course.isOver) return next;
  }
}

function isEverythingSettled({ state, turns }: Course): boolean {
  return !turns.isBusy && state.items.every(isSettled);
}

/** Dates and the go-live as they are now, with the reminders that are due. */
async function keepDates(course: Course): Promise<Moment | null> {
  const { state, now } = course;
  const { source, plan, pauses, remindersDone } = state;
  const turns = new Map(deliverablesFor(source).map((item) => [item.id, sideToAct(state, item)]));
  const dates = await quick.planDates({
    ...{ now, source, plan, pauses, remindersDone },
    progress: state.items.map(({ id, state: of, checked, movedTo }) => ({
      ...{ id, movedTo, doneAt: of === 'left out' ? (leftOutAt(course, id) ?? now) : (checked?.at ?? null) },
      turn: turns.get(id),
    })),
    questions: state.questions.map(({ id, side, about, askedAt, due, answer }) => ({
      ...{ id, side, about, askedAt, due, answeredAt: answer?.at ?? null },
    })),
  });
  const before = state.schedule?.goLive;
  state.schedule = dates.schedule;
  if (before !== undefined && before !== dates.schedule.goLive) {
    course.noteSystem(`go-live moved to ${dates.schedule.goLive}`, null, dates.schedule.reason);
  }
  course.datesChanged();
  if (state.status === 'paused') return null;
  await remind(course, dates.send);
  return dates.next;
}

function leftOutAt({ state }: Course, id: string): string | undefined {
  return state.leftOut.find(({ item }) => item === id)?.at;
}

/** None twice, none about something that was done meanwhile. */
async function remind(course: Course, reminders: readonly Reminder[]): Promise<void> {
  const { state } = course;
  const wanted = reminders.filter(({ about }) => isStillOpen(course, about));
  if (wanted.length === 0) return;
  const { onboardingId, schedule } = state;
  const words = wanted.map(({ about, kind }) => `${kind} ${about}`).join(', ');
  const { done, inDoubt } = await onboardingActivities(`remind: ${words}`.slice(0, 180)).sendReminders({
    onboardingId,
    now: course.now,
    goLive: schedule?.goLive ?? null,
    reminders: wanted.map((reminder) => reminderRequest(course, reminder)),
  });
  state.remindersDone.push(...done);
  state.mailsInDoubt += inDoubt;
  for (const { kind, about, to } of wanted) course.noteSystem(`reminder (${kind}) to ${to}`, about, null);
}

function reminderRequest({ state }: Course, { key, about, kind, to }: Reminder) {
  const question = state.questions.find(({ id }) => id === about);
  const dueDate = question?.due ?? state.schedule?.items.find(({ id }) => id === about)?.dueDate ?? '';
  return {
    key,
    about,
    kind,
    to,
    dueDate,
    ...(question === undefined ? {} : { contactId: question.to, text: question.text }),
  };
}

function isStillOpen({ state }: Course, about: string): boolean {
  const item = state.items.find(({ id }) => id === about);
  return item === undefined ? openQuestions(state).some(({ id }) => id === about) : !isSettled(item);
}

/** The read model and the audit trail in Postgres. */
export async function writeDown(course: Course): Promise<void> {
  const { state } = course;
  const events = unrecorded(state);
  const last = events.at(-1)?.seq ?? state.recorded;
  const { events: _, ...view } = state;
  await quick.recordOnboarding({
    ...{ onboardingId: state.onboardingId, events, outlook: outlookOf(state), view },
  });
  markRecorded(state, last);
}

/** A flood of messages is taken first; nothing is lost in between. */
async function goOnInNewHistory(course: Course, input: OnboardingInput): Promise<void> {
  await condition(() => !course.turns.isBusy && allHandlersFinished());
  if (course.hasNews) await catchUp(course);
  if (course.isOver || course.turns.isBusy || !allHandlersFinished()) return;
  await continueAsNew<typeof onboarding>({ ...input, resume: course.state });
}

async function waitForNews(course: Course, next: Moment | null): Promise<void> {
  const isWoken = (): boolean => course.hasNews || course.mayHaveArrived || course.isOver;
  if (course.state.status === 'paused' || next === null) return condition(isWoken);
  const at = toRealTime(course.state.plan.clock, Date.parse(next.at));
  const wait = Math.min(AT_MOST_MS, Math.max(1_000, at - Date.now()));
  if (await condition(isWoken, wait, { summary: next.summary.slice(0, 180) })) return;
  // A new day: dates may have moved, and what could not be done may be possible now.
  course.hasNews = true;
  course.mayHaveArrived = true;
  course.state.problems = [];
}
