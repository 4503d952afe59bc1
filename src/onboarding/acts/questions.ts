import { deedOf, note, type Occasion } from '../events.js';
import type { Answer, Ask } from '../messages.js';
import { isSettled, itemOf, type OnboardingState, type Question } from '../state.js';
import { objectionToDate } from './dates.js';
import { unknownItem } from './items.js';
import { contactOf, objectionToActor, objectionToSide } from './people.js';

/** More open questions than anybody reads are a mistake of whoever sends them. */
const MOST_OPEN = 50;

export function objectionToAsk(state: OnboardingState, { to, about, due }: Ask, today: string): string | null {
  if (contactOf(state, to) === null) return objectionToActor(state, { by: to });
  const item = about === undefined ? undefined : state.items.find(({ id }) => id === about);
  if (about !== undefined && item === undefined) return unknownItem(state, about);
  if (item !== undefined && isSettled(item))
    return `"${item.id}" is settled, so it does not wait for an answer. Reopen it, or ask without "about".`;
  const late = due === undefined ? null : objectionToDate(due, today, state.plan.start);
  if (late !== null) return late;
  if (state.questions.filter(({ answer }) => answer === null).length >= MOST_OPEN) {
    return `${MOST_OPEN} questions are open already. Answer some of them first.`;
  }
  return null;
}

/** `due`: a date that the calendar gave when the message has none. */
export function takeQuestion(state: OnboardingState, message: Ask, occasion: Occasion, due: string): string {
  const id = `q${state.questions.length + 1}`;
  const contact = contactOf(state, message.to);
  state.questions.push({
    id,
    by: message.by,
    to: message.to,
    side: contact?.side ?? 'customer',
    text: message.text,
    about: message.about ?? null,
    askedAt: occasion.at,
    due,
    answer: null,
  });
  note(state, message, occasion, { what: `asked ${message.to}`, about: id, text: message.text });
  return `Question ${id} to ${message.to}, due on ${due}.`;
}

export function objectionToAnswer(state: OnboardingState, message: Answer): string | null {
  const question = find(state, message.question);
  if (question === null) {
    const open = state.questions.filter(({ answer }) => answer === null).map(({ id }) => id);
    return `There is no question "${message.question}". Open are: ${open.length === 0 ? 'none' : open.join(', ')}.`;
  }
  if (question.answer !== null) return `Question ${question.id} is answered already.`;
  return objectionToSide(state, message, question.side, `The answer to ${question.id}`);
}

export function takeAnswer(state: OnboardingState, message: Answer, occasion: Occasion): string {
  const question = find(state, message.question);
  if (question !== null) question.answer = { ...deedOf(message, occasion), text: message.text };
  note(state, message, occasion, { what: 'answered', about: message.question, text: message.text });
  const waits =
    question?.about === null || question === null ? '' : ` "${itemOf(state, question.about).id}" waits for it no more.`;
  return `Answered: ${message.question}.${waits}`;
}

function find(state: OnboardingState, id: string): Question | null {
  return state.questions.find((question) => question.id === id) ?? null;
}
