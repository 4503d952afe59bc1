import type { ActivityParts } from '../parts.js';
import { endOf, lettersOf, together, type Told } from './letters.js';

export interface QuestionRequest {
  readonly id: string;
  readonly by: string;
  readonly to: string;
  readonly text: string;
  /** Date. */
  readonly due: string;
  readonly about: string | null;
}

/** Mails about what happened: questions, answers, another go-live, the end. */
export function createNewsActivities(parts: ActivityParts) {
  return {
    /** A new question, to the contact who is asked. */
    async tellQuestion({
      onboardingId,
      question,
    }: {
      readonly onboardingId: number;
      readonly question: QuestionRequest;
    }) {
      const { letters } = await lettersOf(parts, onboardingId);
      const [recipient, asker] = [letters.contact(question.to), letters.contact(question.by)];
      if (recipient === null || asker === null) return together([]);
      const facts = letters.factsFor(recipient);
      return letters.send('question', recipient, question.id, () => ({
        ...facts,
        question: question.text,
        askedBy: { name: asker.name, role: asker.role },
        due: endOf(question.due, facts.timeZone),
      }));
    },

    /** The answer to a question, to whoever asked it. */
    async tellAnswer(request: {
      readonly onboardingId: number;
      readonly question: { readonly id: string; readonly asker: string; readonly text: string };
      readonly answer: { readonly by: string; readonly text: string };
    }): Promise<Told> {
      const { letters } = await lettersOf(parts, request.onboardingId);
      const { id, asker, text } = request.question;
      const [recipient, answerer] = [letters.contact(asker), letters.contact(request.answer.by)];
      if (recipient === null || answerer === null) return together([]);
      return letters.send('answer', recipient, id, () => ({
        ...letters.factsFor(recipient),
        ...{ question: text, answer: request.answer.text },
        answeredBy: { name: answerer.name, role: answerer.role },
      }));
    },

    /** The go-live date has moved: to everybody who approves. */
    async tellGoLive(request: {
      readonly onboardingId: number;
      /** Dates. */
      readonly before: string;
      readonly goLive: string;
      readonly reason: string | null;
      readonly number: number;
    }): Promise<Told> {
      const { letters } = await lettersOf(parts, request.onboardingId);
      const told: Told[] = [];
      for (const contact of letters.contacts.filter(({ approves }) => approves)) {
        const facts = letters.factsFor(contact);
        told.push(
          await letters.send('go-live-moved', contact, `${request.goLive}/${request.number}`, () => ({
            ...facts,
            before: endOf(request.before, facts.timeZone),
            now: endOf(request.goLive, facts.timeZone),
            reasons: request.reason === null ? [] : [request.reason],
          })),
        );
      }
      return together(told);
    },

    /** The end, good or bad: to everybody of the customer, and to the project manager. */
    async tellEnd(request: {
      readonly onboardingId: number;
      readonly status: 'done' | 'cancelled';
      readonly words: string;
    }): Promise<Told> {
      const { letters, view } = await lettersOf(parts, request.onboardingId);
      const told: Told[] = [];
      for (const contact of letters.contacts.filter(
        ({ side, id }) => side === 'customer' || id === letters.manager?.id,
      )) {
        const facts = letters.factsFor(contact);
        told.push(
          request.status === 'done'
            ? await letters.send('finished', contact, 'end', () => ({
                ...facts,
                frequency: 'every day',
                summary: [request.words],
              }))
            : await letters.send('cancelled', contact, 'end', () => ({
                ...facts,
                ...{
                  reason: view?.cancelledBecause ?? 'Its cancellation was requested.',
                  removed: [request.words],
                  kept: [],
                },
              })),
        );
      }
      return together(told);
    },
  };
}
