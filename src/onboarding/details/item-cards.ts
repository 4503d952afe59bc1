import { dayWords } from '../dates.js';
import { agreementAbout, dueOf, sideToAct } from '../health.js';
import { openItems, openQuestions, ownerOf } from '../owners.js';
import type { Deliverable } from '../deliverables.js';
import type { Side } from '../schedule/types.js';
import { itemOf, type ContactRef, type ItemState, type OnboardingState, type Question } from '../state.js';
import { howToGoOn } from './how-to-go-on.js';
import { card, deedWords, inLine, quoted, send } from './lines.js';

/** More cards than anybody reads at once; the rest is named by number. */
const MOST = 12;

/** What one side has to do now, what is due first on top: each with its person, its date, and what to send. */
export function itemCards(state: OnboardingState, side: Side, namespace: string): readonly string[] {
  if (state.status === 'paused') return [];
  const items = openItems(state)
    .filter((item) => sideToAct(state, item) === side)
    .map((item) => ({ due: dueOf(state, item.id)?.dueAt, text: () => itemCard(state, item, side, namespace) }));
  const questions = openQuestions(state, side).map((question) => ({
    due: state.schedule?.questions.find(({ id }) => id === question.id)?.dueAt ?? question.due,
    text: () => questionCard(state, question),
  }));
  // Without a date it is not known yet when it is due: only before the first dates are made.
  const all = [...questions, ...items].toSorted((one, other) => (one.due ?? '').localeCompare(other.due ?? ''));
  const more = all.length - MOST;
  return [
    ...all.slice(0, MOST).map(({ text }) => text()),
    ...(more > 0 ? [`And ${more} more: \`usersync onboarding show ${state.customer}\``] : []),
  ];
}

function itemCard(state: OnboardingState, item: Deliverable, side: Side, namespace: string): string {
  const now = itemOf(state, item.id);
  const due = dueOf(state, item.id);
  const mark = due?.late === true ? '🔴' : MARKS[now.state];
  const who = personWords(ownerOf(state, { id: item.id, side }));
  return card(
    `${mark} **${item.title}** · ${who}${due === null ? '' : `, due ${dateWords(due.dueDate, due.late)}`}`,
    due === null || due.dueDate === due.plannedDue ? '' : `Planned for ${dayWords(due.plannedDue)}`,
    foundWords(state, now, item),
    ...howToGoOn(state, item, now, namespace),
  );
}

const MARKS = { open: '⬜', delivered: '📥', checked: '✅', 'left out': '➖' } as const;

function questionCard(state: OnboardingState, { id, by, to, side, text, due, about }: Question): string {
  const late = state.schedule?.questions.find((entry) => entry.id === id)?.late === true;
  const contact = state.contacts.find((entry) => entry.id === to) ?? null;
  const actor = side === 'customer' ? { by: to, recordedBy: state.manager } : { by: to };
  return card(
    `${late ? '🔴' : '❓'} **question ${id}** · ${personWords(contact)}, due ${dateWords(due, late)}`,
    `Asked by ${by}: ${quoted(text)}${about === null ? '' : `; \`${about}\` waits for the answer`}`,
    `When it is answered, ${send('answer', { question: id, ...actor, text: 'the answer' })}`,
  );
}

/** The role and the id, never a name. */
function personWords(contact: ContactRef | null): string {
  return contact === null ? 'nobody is named' : `${inLine(contact.role)} (${contact.id})`;
}

function dateWords(date: string, late: boolean): string {
  return `**${dayWords(date)}${late ? ', late' : ''}**`;
}

function foundWords(state: OnboardingState, { state: now, finding, delivered }: ItemState, item: Deliverable): string {
  // What is to be approved says itself what is missing.
  const agreement = agreementAbout(item.id);
  if (agreement !== null && state[agreement].status === 'open') return '';
  const by = now === 'delivered' && delivered !== null ? `Handed over by ${deedWords(delivered)}` : '';
  if (finding === null) return by;
  const found = item.handing === 'words' ? quoted(finding) : inLine(finding, 600);
  return by === '' ? `Found: ${found}` : `${by}: ${found}`;
}
