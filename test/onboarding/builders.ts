import { newState } from '../../src/onboarding/new-state.js';
import { DEFAULT_DURATIONS } from '../../src/onboarding/schedule/types.js';
import { deliverablesFor, type SourceKind } from '../../src/onboarding/deliverables.js';
import { itemOf, type ContactRef, type OnboardingState } from '../../src/onboarding/state.js';

export const CONTACTS: readonly ContactRef[] = [
  { id: 'c-hr', side: 'customer', role: 'HR manager', approves: true, owns: ['example-record'] },
  { id: 'c-it', side: 'customer', role: 'IT', approves: false, owns: ['upload-addresses'] },
  { id: 'c-boss', side: 'customer', role: 'director', approves: true, owns: [] },
  { id: 'staff-17', side: 'speakap', role: 'project manager', approves: true, owns: [] },
  { id: 'staff-21', side: 'speakap', role: 'implementation engineer', approves: true, owns: [] },
  { id: 'staff-30', side: 'speakap', role: 'implementation engineer', approves: true, owns: [] },
];

export const TODAY = '2026-12-03';
export const NOW = { at: '2026-12-03T09:00:00.000Z', via: 'update' } as const;

/** An onboarding that has just begun. */
export function anOnboarding(source: SourceKind = 'sftp'): OnboardingState {
  const origin = Date.parse('2026-12-01T08:00:00Z');
  return newState({
    ...{ onboardingId: 1, number: 1, customer: 'korenaar', manager: 'staff-17', source },
    plan: {
      ...{ start: '2026-12-01', durations: DEFAULT_DURATIONS, timeZone: 'Europe/Amsterdam', holidays: [] },
      clock: { origin, planOrigin: origin, speed: 1 },
    },
    contacts: CONTACTS,
  });
}

/** Everything of these phases is checked off. */
export function withDone(state: OnboardingState, ...phases: readonly string[]): OnboardingState {
  for (const { id } of deliverablesFor(state.source).filter(({ phase }) => phases.includes(phase))) {
    const item = itemOf(state, id);
    item.state = 'checked';
    item.checked = { by: 'staff-17', at: NOW.at, recordedBy: null };
  }
  return state;
}
