import type { Size } from '../../change-requests/classify.js';
import type { ClosedStatus } from '../../change-requests/state.js';
import { renderDifference } from '../../proposal/diff/diff-mappings.js';
import { issueCode } from '../../store/approval-codes.js';
import { readProposal, type ClosedGroup } from '../../store/change-proposals.js';
import { readChange } from '../../store/change-requests.js';
import type { Contact } from '../../store/contacts.js';
import { Letters, MailNotSent, together, type Told } from '../onboarding/letters.js';
import { CODE_IS_GOOD_FOR_MS, useMailedCode } from '../onboarding/mailed-code.js';
import type { ActivityParts } from '../parts.js';

interface Place {
  readonly changeRequestId: number;
}

export function createChangeMailActivities(parts: ActivityParts) {
  const { database } = parts;

  async function opened({ changeRequestId }: Place) {
    const { customerId, manager, number } = await readChange(database, changeRequestId);
    const letters = await Letters.about(parts, { key: `change/${changeRequestId}`, customerId, manager });
    return { letters, number };
  }

  /** The requester, who approves for the customer, and the project manager. */
  function everybody(letters: Letters, filedBy: string): readonly Contact[] {
    return letters.contacts.filter(
      ({ id, side, approves }) => id === filedBy || id === letters.manager?.id || (side === 'customer' && approves),
    );
  }

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
      const { letters, number } = await opened(request);
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
      const { letters, number } = await opened(request);
      const { dueAt, isAgreed, filedBy, seq } = request;
      return toEach(everybody(letters, filedBy), (contact) =>
        letters.send('change-date', contact, `date/${seq}`, () => ({
          ...letters.factsFor(contact),
          ...{ number, date: new Date(dueAt), isAgreed },
        })),
      );
    },

    /** What a version would do, to everybody who approves for the customer, each with a code of their own. */
    async requestChangeApproval(
      request: Place & { readonly version: number; readonly at: string; readonly again: number | null },
    ): Promise<Told> {
      const { changeRequestId, version, at, again } = request;
      const { letters, number } = await opened(request);
      const proposal = await readProposal(database, changeRequestId, version);
      const expiresAt = new Date(Date.parse(at) + CODE_IS_GOOD_FOR_MS);
      const approvers = letters.contacts.filter(({ side, approves }) => side === 'customer' && approves);
      return toEach(approvers, async (contact) => {
        const sent = await letters.send('change-proposal', contact, `version/${version}`, () => ({
          ...letters.factsFor(contact),
          ...{ number, version, run: proposal?.run ?? 0, effects: proposal?.effects ?? [] },
          differences: (proposal?.differences ?? []).map(renderDifference),
          closed: (proposal?.closed ?? []).map(closedWords),
        }));
        const code = await letters.send('approval-code', contact, `version/${version}/${again ?? 0}`, async () => ({
          ...letters.factsFor(contact),
          subject: `Change ${number}, version ${version} of the mapping.`,
          code: await issueCode(database, {
            ...{ changeRequestId, subject: `mapping/${version}`, contactId: contact.id, expiresAt, now: new Date(at) },
          }),
          validUntil: expiresAt,
        }));
        return together([sent, code]);
      });
    },

    /** Uses up the code that was mailed to a contact for this version. @throws OnboardingRefused with what is wrong with it */
    async useChangeCode(
      request: Place & {
        readonly version: number;
        readonly contactId: string;
        readonly code: string | null;
        readonly at: string;
      },
    ): Promise<void> {
      const { changeRequestId, version, contactId, code, at } = request;
      await useMailedCode(parts, { changeRequestId, subject: `mapping/${version}`, contactId }, code, at);
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
      const { letters, number } = await opened(request);
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
      const { letters, number } = await opened(request);
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
      const { letters } = await opened(request);
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
      const { letters } = await opened(request);
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
      const { letters, number } = await opened(request);
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

/** What one contact cannot be sent does not keep it from the others. @throws MailNotSent when one could not be sent */
async function toEach(contacts: readonly Contact[], send: (contact: Contact) => Promise<Told>): Promise<Told> {
  const told: Told[] = [];
  const failed: MailNotSent[] = [];
  for (const contact of contacts) {
    try {
      told.push(await send(contact));
    } catch (error) {
      if (!(error instanceof MailNotSent)) throw error;
      failed.push(error);
    }
  }
  if (failed[0] !== undefined) throw failed[0];
  return together(told);
}

/** `business unit "Utrecht" loses its 12 people: 10 move to another one, 2 leave the network` */
function closedWords({ group, people, moved, without, leaving, untouched }: ClosedGroup): string {
  const parts = [
    ...(moved > 0 ? [`${moved} move to another one`] : []),
    ...(without > 0 ? [`${without} stay in the network without one`] : []),
    ...(leaving > 0 ? [`${leaving} leave the network`] : []),
    ...(untouched > 0 ? [`${untouched} stay as they are until their rows are mended`] : []),
  ];
  return `${group} loses all its people (${people}): ${parts.join(', ')}`;
}
