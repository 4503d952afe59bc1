import { dayWords } from '../../onboarding/dates.js';
import { deliverablesFor, type Deliverable } from '../../onboarding/deliverables.js';
import { ownerOf, roleWords } from '../../onboarding/owners.js';
import type { Phase } from '../../onboarding/schedule/types.js';
import { isSettled, itemOf, type Deed, type OnboardingState } from '../../onboarding/state.js';
import type { Paint } from '../../report/paint.js';
import { renderTable } from '../../report/table.js';

const MARKS = { open: '○', delivered: '●', checked: '✓', 'left out': '–' } as const;

/** The deliverables of one phase: who owes them, until when, and what became of them. */
export function renderWeek(state: OnboardingState, phase: Phase, paint: Paint): string {
  const items = deliverablesFor(state.source).filter((item) => item.phase === phase);
  const rows = items.map((item) => toRow(state, item));
  const head = ['', 'deliverable', 'owed by', 'due', 'state', 'found'];
  const mark = (row: readonly string[]) => {
    if (row[3]?.endsWith('late') === true) return paint.bad;
    return row[0] === MARKS.checked || row[0] === MARKS['left out'] ? paint.faint : null;
  };
  return renderTable({ head, widths: { 2: 30, 4: 34, 5: 60 }, mark }, rows, paint);
}

function toRow(state: OnboardingState, item: Deliverable): readonly string[] {
  const now = itemOf(state, item.id);
  return [
    MARKS[now.state],
    item.id,
    roleWords(ownerOf(state, item), item.side),
    isSettled(now) ? '' : dueWords(state, item.id),
    stateWords(state, item),
    now.finding ?? '',
  ];
}

function dueWords({ schedule }: OnboardingState, id: string): string {
  const dates = schedule?.items.find((entry) => entry.id === id);
  if (dates === undefined) return '';
  const planned = dates.dueDate === dates.plannedDue ? '' : ` (planned: ${dayWords(dates.plannedDue)})`;
  return `${dayWords(dates.dueDate)}${planned}${dates.late ? ', late' : ''}`;
}

function stateWords(state: OnboardingState, { id }: Deliverable): string {
  const { state: now, delivered, checked } = itemOf(state, id);
  if (now === 'checked' && checked !== null) return `checked off by ${deedWords(checked)}`;
  if (now === 'delivered' && delivered !== null) return `to be checked; from ${deedWords(delivered)}`;
  return now;
}

function deedWords({ by, at, recordedBy }: Deed): string {
  return `${by} on ${dayWords(at.slice(0, 10))}${recordedBy === null ? '' : `, written down by ${recordedBy}`}`;
}
