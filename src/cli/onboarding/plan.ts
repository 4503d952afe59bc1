import { dayWords } from '../../onboarding/dates.js';
import { deliverablesFor } from '../../onboarding/deliverables.js';
import { ownerOf, roleWords } from '../../onboarding/owners.js';
import { makeSchedule } from '../../onboarding/schedule/make-schedule.js';
import { DEFAULT_DURATIONS, type Schedule } from '../../onboarding/schedule/types.js';
import { renderTable } from '../../report/table.js';
import type { Context } from '../context.js';
import type { OnboardingDocument } from './document.js';
import { toOrder } from './read-document.js';

/** `onboarding start --dry`: the dates as they would be planned. Needs no stack. */
export function planOnboarding(context: Context, file: string, document: OnboardingDocument): void {
  const schedule = scheduleOf(document, new Date());
  const { phases, items, goLive } = schedule;
  const owners = new Map(items.map(({ id, side }) => [id, roleWords(ownerOf(document, { id, side }), side)]));
  const answer = {
    ok: true,
    customer: document.slug,
    goLive,
    phases,
    items: items.map(({ id, side, title, phase, dueDate }) => ({
      ...{ id, side, title, phase, dueDate, owner: owners.get(id) ?? null },
    })),
  };
  context.output.answer(answer, () => {
    const rows = items.map(({ id, phase, dueDate }) => [phase, id, owners.get(id) ?? '', dayWords(dueDate)]);
    const table = renderTable({ head: ['phase', 'deliverable', 'owed by', 'due'] }, rows, context.output.paint);
    return `${file} is right. Nothing was started.\n\n${table}\n\nGo-live: ${dayWords(goLive)}.`;
  });
}

function scheduleOf(document: OnboardingDocument, now: Date): Schedule {
  const { start, source, holidays = [], durations = {} } = toOrder(document, undefined);
  const items = deliverablesFor(source);
  return makeSchedule({
    now: now.toISOString(),
    calendar: { timeZone: document.timeZone, holidays, pauses: [] },
    baseline: { start, durations: { ...DEFAULT_DURATIONS, ...durations } },
    items,
    progress: items.map(({ id }) => ({ id, doneAt: null, movedTo: null })),
    questions: [],
  });
}
