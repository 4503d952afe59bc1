import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { Dates, DatesRequest, Recorded } from '../../activities/onboarding/course-activities.js';
import { deliverablesFor } from '../../onboarding/deliverables.js';
import { markRecorded, unrecorded } from '../../onboarding/events.js';
import { outlookOf, sideToAct } from '../../onboarding/health.js';
import { openQuestions } from '../../onboarding/owners.js';
import { toRealTime } from '../../onboarding/schedule/clock.js';
import type { Moment, Reminder, Schedule } from '../../onboarding/schedule/types.js';
import { addProblem, forgetProblem, isSettled, type OnboardingState } from '../../onboarding/state.js';
import { onboardingActivities, quick } from './activities.js';
import type { Course } from './course.js';
import { doDuties } from './duties.js';
import type { OnboardingInput } from './messages.js';
import type { onboarding } from './onboarding.js';
import { refusalOf } from './refusal.js';
import { tell } from './tell.js';

const WEEK_MS = 7 * 86_400_000;

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

/** Dates that cannot be worked out leave those that were; somebody has to put right what is in the way. */
async function planDates(course: Course, request: DatesRequest): Promise<Dates | null> {
  try {
    const dates = await quick.planDates(request);
    forgetProblem(course.state, 'dates');
    return dates;
  } catch (error) {
    const text = refusalOf(error);
    if (text === null) throw error;
    addProblem(course.state, { about: 'dates', text, until: 'somebody' });
    return null;
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
  const dates = await planDates(course, {
    ...{ now, source, plan, pauses, remindersDone },
    progress: state.items.map(({ id, state: of, checked, movedTo }) => ({
      ...{ id, movedTo, doneAt: of === 'left out' ? (leftOutAt(course, id) ?? now) : (checked?.at ?? null) },
      turn: turns.get(id),
    })),
    questions: state.questions.map(({ id, side, about, askedAt, due, answer }) => ({
      ...{ id, side, about, askedAt, due, answeredAt: answer?.at ?? null },
    })),
  });
  if (dates === null) return null;
  const before = state.schedule?.goLive;
  state.schedule = dates.schedule;
  if (before !== undefined && before !== dates.schedule.goLive) {
    course.noteQuietly(`go-live moved to ${dates.schedule.goLive}`, null, dates.schedule.reason);
  }
  course.show();
  if (course.isOver || state.status === 'paused') return null;
  const mayContact = Date.parse(dates.contactAt) <= Date.parse(now);
  if (mayContact) await tellOfGoLive(course, dates.schedule);
  const isLater = await remind(course, dates.send);
  if (isLater) return earlier(anHourFrom(now), dates.next);
  const owed = isWorthTelling(state, now) && !mayContact;
  return owed ? earlier({ at: dates.contactAt, summary: 'tell of the new go-live date' }, dates.next) : dates.next;
}

function earlier(one: Moment, other: Moment | null): Moment {
  return other === null || one.at <= other.at ? one : other;
}

/** Reminders that could not be sent are not lost: the mail server may be back. */
function anHourFrom(now: string): Moment {
  return { at: new Date(Date.parse(now) + 3_600_000).toISOString(), summary: 'send reminders that could not be sent' };
}

/** While something is late the date slides every day: people are told when it stands still, and once a week until then. */
function isWorthTelling({ goLiveTold, schedule }: OnboardingState, now: string): boolean {
  if (schedule === null || goLiveTold === null || goLiveTold.date === schedule.goLive) return false;
  const slides = [...schedule.items, ...schedule.questions].some(({ done, late }) => !done && late);
  return !slides || Date.parse(now) - Date.parse(goLiveTold.at) >= WEEK_MS;
}

/** The new date, and why; to everybody who approves. */
async function tellOfGoLive(course: Course, { goLive, reason }: Schedule): Promise<void> {
  const { state, now } = course;
  const { onboardingId, seq } = state;
  const before = state.goLiveTold?.date ?? goLive;
  const isNews = isWorthTelling(state, now);
  if (state.goLiveTold === null || isNews) state.goLiveTold = { date: goLive, at: now };
  if (!isNews) return;
  await tell(course, `tell of the new go-live date, ${goLive}`, (mail) =>
    mail.tellGoLive({ onboardingId, before, goLive, reason, number: seq }),
  );
}

function leftOutAt({ state }: Course, id: string): string | undefined {
  return state.leftOut.find(({ item }) => item === id)?.at;
}

/** None twice, none about something that was done meanwhile. Answers whether any could not be sent now. */
async function remind(course: Course, reminders: readonly Reminder[]): Promise<boolean> {
  const { state } = course;
  const wanted = reminders.filter(({ about }) => isStillOpen(course, about));
  if (wanted.length === 0) return false;
  const words = wanted.map(({ about, kind }) => `${kind} ${about}`).join(', ');
  try {
    const answer = await onboardingActivities(`remind: ${words}`.slice(0, 180), 15).sendReminders({
      ...{ onboardingId: state.onboardingId, now: course.now, goLive: state.schedule?.goLive ?? null },
      reminders: wanted.map((reminder) => reminderRequest(course, reminder)),
    });
    state.remindersDone.push(...answer.done);
    for (const { key, kind, about, to } of wanted) {
      if (answer.sent.includes(key)) course.noteQuietly(`reminder (${kind}) to ${to}`, about, null);
      if (answer.refused.includes(key))
        course.noteQuietly(`reminder (${kind}) to ${to} was refused by the mail server`, about, null);
    }
    return noteUnsent(course, answer.problem);
  } catch (error) {
    const text = refusalOf(error);
    if (text === null) throw error;
    return noteUnsent(course, text);
  }
}

function noteUnsent({ state }: Course, text: string | null): boolean {
  if (text === null) forgetProblem(state, 'reminders');
  else addProblem(state, { about: 'reminders', text, until: 'somebody' });
  return text !== null;
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
  const recorded = await quick.recordOnboarding({
    ...{ onboardingId: state.onboardingId, events, outlook: outlookOf(state), view },
  });
  markRecorded(state, last);
  // Postgres knows best: somebody may have found out, or a process may have died in the middle.
  state.mailsInDoubt = recorded.mailsInDoubt;
  takePeople(course, recorded);
  course.show();
}

/** People come and go in six weeks. */
function takePeople(course: Course, { contacts, manager }: Recorded): void {
  const { state } = course;
  // A worker of an earlier version answers without them.
  if (contacts === undefined || manager === undefined || course.isOver) return;
  if (manager === state.manager && JSON.stringify(contacts) === JSON.stringify(state.contacts)) return;
  const ids = contacts.map(({ id }) => id).join(', ');
  state.contacts = contacts;
  state.manager = manager;
  course.noteSystem('contacts saved', null, `The contacts are now ${ids}; the manager is ${manager}.`);
}

/** A flood of messages is taken first; nothing is lost in between. */
async function goOnInNewHistory(course: Course, input: OnboardingInput): Promise<void> {
  // Mails that are being tried would be lost.
  await condition(() => !course.turns.isBusy && allHandlersFinished() && course.telling === 0);
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
  course.state.problems = course.state.problems.filter(({ until }) => until === 'somebody');
}
