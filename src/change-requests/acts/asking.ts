import { deedOf, note, type Occasion } from '../../onboarding/events.js';
import { contactOf, objectionToActor, objectionToSide } from '../../onboarding/acts/people.js';
import type { Answer, Ask } from '../messages.js';
import type { ChangeQuestion, ChangeState } from '../state.js';

/** More open questions than anybody reads are a mistake of whoever sends them. */
const MOST_OPEN = 20;

export function objectionToAsk(state: ChangeState, { to }: Ask): string | null {
  if (contactOf(state, to) === null) return objectionToActor(state, { by: to });
  return openQuestions(state).length < MOST_OPEN
    ? null
    : `${MOST_OPEN} questions are open already. Answer some of them first.`;
}

/** While the customer owes an answer the clock stands still. */
export function takeAsk(state: ChangeState, message: Ask, occasion: Occasion): string {
  const { by, to, text } = message;
  const id = `q${state.questions.length + 1}`;
  const side = contactOf(state, to)?.side ?? 'customer';
  state.questions.push({ id, by, to, side, text, askedAt: occasion.at, answer: null });
  note(state, message, occasion, { what: `asked ${to}`, about: id, text });
  const clock = side === 'customer' ? ' The clock stands still until it is answered.' : '';
  return `Question ${id} to ${to}.${clock}`;
}

export function objectionToAnswer(state: ChangeState, message: Answer): string | null {
  const question = state.questions.find(({ id }) => id === message.question);
  if (question === undefined) {
    const open = openQuestions(state).map(({ id }) => id);
    return `There is no question "${message.question}". Open are: ${open.length === 0 ? 'none' : open.join(', ')}.`;
  }
  if (question.answer !== null) return `Question ${question.id} is answered already.`;
  return objectionToSide(state, message, question.side, `The answer to ${question.id}`);
}

export function takeAnswer(state: ChangeState, message: Answer, occasion: Occasion): string {
  const question = state.questions.find(({ id }) => id === message.question);
  if (question !== undefined) question.answer = { ...deedOf(message, occasion), text: message.text };
  note(state, message, occasion, { what: 'answered', about: message.question, text: message.text });
  return `Answered: ${message.question}.`;
}

export function openQuestions({ questions }: Pick<ChangeState, 'questions'>): readonly ChangeQuestion[] {
  return questions.filter(({ answer }) => answer === null);
}
