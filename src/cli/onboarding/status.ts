import { dateAt } from '../../onboarding/calendar/zones.js';
import { dayWords } from '../../onboarding/dates.js';
import { toPlanTime } from '../../onboarding/schedule/clock.js';
import { renderTable } from '../../report/table.js';
import { listCustomers } from '../../store/customers.js';
import { mailsInDoubt } from '../../store/mail-doubt.js';
import { listOnboardings, viewOf } from '../../store/onboardings.js';
import type { Onboarding } from '../../store/prisma/client.js';
import type { Context } from '../context.js';
import { inOrderOfNeed } from './order-of-need.js';

interface StatusOptions {
  readonly all?: boolean;
  readonly manager?: string;
}

/** `onboarding status` */
export async function showStatus(context: Context, { all, manager }: StatusOptions): Promise<void> {
  const database = await context.database();
  const zones = new Map((await listCustomers(database)).map(({ id, timeZone }) => [id, timeZone]));
  const doubts = await mailsInDoubt(database);
  const onboardings = await listOnboardings(database, all !== true);
  const now = new Date();
  const entries = onboardings
    .filter((onboarding) => manager === undefined || onboarding.manager === manager)
    .map((onboarding) => {
      const inDoubt = doubts.filter(({ customerId }) => customerId === onboarding.customerId).length;
      return toEntry(onboarding, zones.get(onboarding.customerId) ?? 'UTC', inDoubt, now);
    });
  const sorted = inOrderOfNeed(entries);
  context.output.answer({ onboardings: sorted }, () => text(context, sorted, manager ?? null));
}

function toEntry(onboarding: Onboarding, timeZone: string, inDoubt: number, now: Date) {
  const view = viewOf(onboarding);
  // In a demo the plan's time runs faster than ours.
  const planNow = view === null ? now.getTime() : toPlanTime(view.plan.clock, now.getTime());
  const { customerId: customer, number, status, phase, health, waitingOn, iteration, openQuestions } = onboarding;
  const { dueDate, goLive, manager } = onboarding;
  const day = (instant: Date | null): string | null =>
    instant === null ? null : dateAt(instant.toISOString(), timeZone);
  return {
    ...{ customer, number, manager, status, phase, health, waitingOn },
    due: day(dueDate),
    overdue: status === 'running' && dueDate !== null && dueDate.getTime() < planNow,
    goLive: day(goLive),
    goLiveShift: view?.schedule?.goLiveShift ?? 0,
    ...{ iteration, openQuestions, mailsInDoubt: inDoubt },
  };
}

export type StatusEntry = ReturnType<typeof toEntry>;

function text({ output }: Context, entries: readonly StatusEntry[], manager: string | null): string {
  if (entries.length === 0) {
    return manager === null
      ? 'No implementation is under way. "usersync onboarding start FILE" begins one.'
      : `No implementation of ${manager} is under way.`;
  }
  const { paint } = output;
  const paints = new Map([
    ['blocked', paint.bad],
    ['late', paint.bad],
    ['at risk', paint.attention],
    ['paused', paint.faint],
  ]);
  const head = ['customer', 'phase', 'health', 'waits for', 'due', 'go-live', 'concept', 'questions', 'in doubt'];
  const rows = entries.map((entry) => [
    ...[entry.customer, entry.phase, entry.health, entry.waitingOn ?? '-', dueWords(entry), goLiveWords(entry)],
    ...[entry.iteration, entry.openQuestions, entry.mailsInDoubt].map(String),
  ]);
  const mark = (row: readonly string[]) => paints.get(row[2] ?? '') ?? null;
  return renderTable({ head, right: [6, 7, 8], widths: { 3: 40 }, mark }, rows, paint);
}

function dueWords({ due, overdue }: StatusEntry): string {
  return due === null ? '-' : `${dayWords(due)}${overdue ? ', over' : ''}`;
}

function goLiveWords({ goLive, goLiveShift }: StatusEntry): string {
  if (goLive === null) return '-';
  const days = Math.abs(goLiveShift) === 1 ? 'day' : 'days';
  return `${dayWords(goLive)}${goLiveShift === 0 ? '' : ` (${goLiveShift > 0 ? '+' : ''}${goLiveShift} ${days})`}`;
}
