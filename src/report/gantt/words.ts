import { days, longDate } from '../../onboarding/calendar/date-words.js';
import type { Phase, Schedule, ScheduledItem, Side } from '../../onboarding/schedule/types.js';

export type BarState = 'done' | 'open' | 'late';

export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  setup: 'Setup',
  mapping: 'Mapping',
  implementation: 'Implementation',
  testing: 'Testing',
  release: 'Release',
};

export const SIDE_NAMES: Readonly<Record<Side, string>> = { customer: 'customer', speakap: 'Speakap' };

export function stateOf({ done, late }: ScheduledItem): BarState {
  if (done) return 'done';
  return late ? 'late' : 'open';
}

/** `done`, `3 days late`, `2 days later than planned`, or the empty text. */
export function statusWords({ done, lateBy, shiftedBy, late }: ScheduledItem): string {
  if (done) return lateBy > 0 ? `done, ${days(lateBy)} late` : 'done';
  if (lateBy > 0) return `${days(lateBy)} late`;
  if (late) return 'late';
  if (shiftedBy === 0) return '';
  return `${days(Math.abs(shiftedBy))} ${shiftedBy > 0 ? 'later' : 'earlier'} than planned`;
}

/** Everything that the picture shows, for who cannot see it. */
export function describe(schedule: Schedule): string {
  const done = schedule.items.filter((item) => item.done).length;
  const late = schedule.items.filter((item) => item.late).map((item) => `${item.title} (${SIDE_NAMES[item.side]})`);
  return [
    `${done} of ${schedule.items.length} items are done.`,
    late.length === 0 ? 'Nothing is late.' : `Late: ${late.join(', ')}.`,
    goLiveWords(schedule),
  ].join(' ');
}

/** Why go-live moves, or when it is. */
export function goLiveWords(schedule: Schedule): string {
  return schedule.reason === null ? `Go-live is on ${longDate(schedule.goLive)}, as planned.` : `${schedule.reason}.`;
}
