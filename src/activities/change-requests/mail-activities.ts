import type { Size } from '../../change-requests/classify.js';
import type { ClosedStatus } from '../../change-requests/state.js';
import { together, type Told } from '../onboarding/letters.js';
import type { ActivityParts } from '../parts.js';
import { everybody, lettersOfChange, toEach, type Place } from './change-letters.js';

export function createChangeMailActivities(parts: ActivityParts) {
  return {
    /** Says that a request was filed, as what, and what is promised. */
    async tellFiled(
      request: Place & {
        readonly filedBy: string;
        readonly size: Size;
        readonly reason: string;
        readonly promised: string;
        /** Instant. */
        readonly dueAt: string;
        /** Counts classifications: another one is another mail. */
        readonly count: number;
      },
    ): Promise<Told> {
      const { letters, number } = await lettersOfChange(parts, request);
      const { size, reason, promised, dueAt, count, filedBy } = request;
      return toEach(everybody(letters, filedBy), (contact) =>
        letters.send('change-filed', contact, `filed/${count}`, () => ({
          ...letters.factsFor(contact),
          ...{ number, size, reason, promised, due: new Date(dueAt) },
        })),
      );
    },

    /** A date is proposed to the other side, or agreed. */
    async tellDate(
      request: Place & {
        readonly filedBy: string;
        readonly dueAt: string;
        readonly isAgreed: boolean;
        readonly seq: number;
      },
    ): Promise<Told> {
      const { letters, number } = await lettersOfChange(parts, request);
      const { dueAt, isAgreed, filedBy, seq } = request;
      return toEach(everybody(letters, filedBy), (contact) =>
        letters.send('change-date', contact, `date/${seq}`, () => ({
          ...letters.factsFor(contact),
          ...{ number, date: new Date(dueAt), isAgreed },
        })),
      );
    },

    /** A promise that is three quarters over, or broken: to the project manager. */
    async tellClock(
      request: Place & {
        readonly key: string;
        readonly kind: 'warning' | 'breach';
        readonly promised: string;
        readonly dueAt: string;
        readonly step: string;
      },
    ): Promise<Told> {
      const { letters, number } = await lettersOfChange(parts, request);
      const { key, kind, promised, dueAt, step } = request;
      const { manager } = letters;
      if (manager === null) return together([]);
      return letters.send('change-clock', manager, key, () => ({
        ...letters.factsFor(manager),
        ...{ number, isBroken: kind === 'breach', promised, due: new Date(dueAt), step },
      }));
    },

    /** The customer is waited for: a reminder to it, and later word to the project manager. */
    async tellWait(
      request: Place & {
        readonly key: string;
        readonly to: 'customer' | 'manager';
        readonly waits: string;
        readonly filedBy: string;
        readonly since: string;
      },
    ): Promise<Told> {
      const { letters, number } = await lettersOfChange(parts, request);
      const { key, to, waits, filedBy, since } = request;
      const recipients = everybody(letters, filedBy).filter(({ id, side }) =>
        to === 'manager' ? id === letters.manager?.id : side === 'customer',
      );
      return toEach(recipients, (contact) =>
        letters.send('change-waits', contact, key, () => ({
          ...letters.factsFor(contact),
          ...{ number, waits, since: new Date(since), isEscalation: to === 'manager' },
        })),
      );
    },

    /** A question about a request, to the contact who is asked. */
    async tellChangeQuestion(
      request: Place & {
        readonly id: string;
        readonly by: string;
        readonly to: string;
        readonly text: string;
        readonly dueAt: string;
      },
    ): Promise<Told> {
      const { letters } = await lettersOfChange(parts, request);
      const [recipient, asker] = [letters.contact(request.to), letters.contact(request.by)];
      if (recipient === null || asker === null) return together([]);
      return letters.send('question', recipient, request.id, () => ({
        ...letters.factsFor(recipient),
        question: request.text,
        askedBy: { name: asker.name, role: asker.role },
        due: new Date(request.dueAt),
      }));
    },

    /** The answer, to whoever asked. */
    async tellChangeAnswer(
      request: Place & {
        readonly id: string;
        readonly asker: string;
        readonly question: string;
        readonly by: string;
        readonly text: string;
      },
    ): Promise<Told> {
      const { letters } = await lettersOfChange(parts, request);
      const [recipient, answerer] = [letters.contact(request.asker), letters.contact(request.by)];
      if (recipient === null || answerer === null) return together([]);
      return letters.send('answer', recipient, request.id, () => ({
        ...letters.factsFor(recipient),
        ...{ question: request.question, answer: request.text },
        answeredBy: { name: answerer.name, role: answerer.role },
      }));
    },

    /** The closing message: to everybody. */
    async tellClosed(
      request: Place & {
        readonly filedBy: string;
        readonly status: ClosedStatus;
        readonly words: string;
        readonly kept: boolean | null;
      },
    ): Promise<Told> {
      const { letters, number } = await lettersOfChange(parts, request);
      const { status, words, kept, filedBy } = request;
      return toEach(everybody(letters, filedBy), (contact) =>
        letters.send('change-closed', contact, 'end', () => ({
          ...letters.factsFor(contact),
          ...{ number, status, words, kept },
        })),
      );
    },
  };
}
