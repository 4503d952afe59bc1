import { deliverablesFor } from '../deliverables.js';
import { dueOf } from '../health.js';
import { openItems } from '../owners.js';
import { itemOf, type OnboardingState } from '../state.js';
import { card, send } from './lines.js';

/** What may be sent whatever is due, with values that can be taken as they are. */
export function atAnyTime(state: OnboardingState): readonly string[] {
  const { manager: by, status } = state;
  const cancel = `End it, and remove what was made: ${send('cancel', { by, reason: 'why it ends' })}`;
  if (status === 'paused') return [card(`Go on again: ${send('resume', { by })}`), cancel];
  return [
    ask(state),
    ...move(state),
    ...reopen(state),
    `Nobody is reminded, and no day counts: ${send('pause', { by, reason: 'why it is paused' })}`,
    cancel,
  ];
}

function ask(state: OnboardingState): string {
  const to = state.contacts.find(({ side }) => side === 'customer')?.id ?? state.manager;
  const about = openItems(state)[0]?.id;
  const value = { by: state.manager, to, text: 'your question', ...(about === undefined ? {} : { about }) };
  return `Ask somebody; what it is about waits for the answer: ${send('ask', value)}`;
}

/** To the last date on which nothing else has to move. */
function move(state: OnboardingState): readonly string[] {
  const item = openItems(state).at(-1);
  const due = item === undefined ? null : dueOf(state, item.id);
  if (item === undefined || due === null) return [];
  const today = state.schedule?.now.slice(0, 10) ?? due.dueDate;
  const to = due.dueDate > today ? due.dueDate : today;
  return [
    `Another date for one of them: ${send('move', { item: item.id, to, by: state.manager, reason: 'why it moves' })}`,
  ];
}

function reopen(state: OnboardingState): readonly string[] {
  const done = deliverablesFor(state.source).findLast(
    ({ id, handing }) => handing !== 'approved' && itemOf(state, id).state !== 'open',
  );
  if (done === undefined) return [];
  return [
    `Open again what was checked off: ${send('reopen', { item: done.id, by: state.manager, reason: 'what changed' })}`,
  ];
}
