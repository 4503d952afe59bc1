import { atTime } from '../../onboarding/calendar/zones.js';
import { deliverablesFor, type Deliverable } from '../../onboarding/deliverables.js';
import type { Subject } from '../../onboarding/messages.js';
import { ownerOf } from '../../onboarding/owners.js';
import type { Reminder } from '../../onboarding/schedule/types.js';
import { issueCode, useCode, withdrawCodes, type CodePlace } from '../../store/approval-codes.js';
import { readConcept } from '../../store/concepts.js';
import type { Contact } from '../../store/contacts.js';
import { readOnboarding, viewOf, type OnboardingView } from '../../store/onboardings.js';
import { conceptLines } from '../../report/concept-lines.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';
import { Letters, MailNotSent, together, type Told } from './letters.js';

const CODE_IS_GOOD_FOR_MS = 21 * 86_400_000;

export interface ReminderRequest extends Pick<Reminder, 'key' | 'about' | 'kind' | 'to'> {
  /** Date. */
  readonly dueDate: string;
  /** Of a question: who is asked, and what. */
  readonly contactId?: string;
  readonly text?: string;
}

export interface RemindersSent {
  /** Keys of those that were sent, or of which nobody knows whether they were. */
  readonly sent: readonly string[];
  /** Keys of those that nobody gets: refused for good, or without anybody to send them to. */
  readonly refused: readonly string[];
  /** Keys of those that have to be tried again. */
  readonly later: readonly string[];
  /** Keys that need no other try: `sent` and `refused`. */
  readonly done: readonly string[];
  readonly inDoubt: number;
  /** Why there are some for later. */
  readonly problem: string | null;
}

export interface QuestionRequest {
  readonly id: string;
  readonly by: string;
  readonly to: string;
  readonly text: string;
  /** Date. */
  readonly due: string;
  readonly about: string | null;
}

export interface ApprovalsRequest {
  readonly onboardingId: number;
  readonly subject: Subject;
  readonly version: number;
  readonly words: string;
  /** Instant in the time of the plan. */
  readonly at: string;
  /** New codes for those who have not approved yet. */
  readonly again: { readonly number: number; readonly without: readonly string[] } | null;
}

type SentConcept = NonNullable<Awaited<ReturnType<typeof readConcept>>>;

export interface CodeRequest {
  readonly onboardingId: number;
  readonly subject: Subject;
  readonly version: number;
  readonly contactId: string;
  readonly code: string | null;
  /** Instant in the time of the plan. */
  readonly at: string;
}

export function createMailActivities(parts: ActivityParts) {
  const { database, approvalsNeedCodes } = parts;

  async function lettersOf(onboardingId: number) {
    const onboarding = await readOnboarding(database, onboardingId);
    return { letters: await Letters.of(parts, onboarding), view: viewOf(onboarding), onboarding };
  }

  /** The same key however often codes are asked for: whoever has the document does not get it again. */
  function sendConcept(
    letters: Letters,
    view: OnboardingView | null,
    contact: Contact,
    concept: SentConcept,
    { version, at }: ApprovalsRequest,
  ): Promise<Told> {
    const documentName = `concept-mapping-${concept.iteration}.html`;
    const attachment = { fileName: documentName, contentType: 'text/html; charset=utf-8', content: concept.html };
    const due = new Date(view?.schedule?.items.find(({ id }) => id === 'mapping-feedback')?.dueAt ?? at);
    const facts = { ...letters.factsFor(contact), version, documentName, differences: differencesOf(concept), due };
    return letters.send('concept-mapping', contact, String(version), () => facts, [attachment]);
  }

  /** The code is made when its mail is written, so one that was sent stays good. */
  function sendCode(letters: Letters, contact: Contact, request: ApprovalsRequest): Promise<Told> {
    const { onboardingId, subject, version, words, at, again } = request;
    const about = again === null ? `${subject}/${version}` : `${subject}/${version}/${again.number}`;
    const expiresAt = new Date(Date.parse(at) + CODE_IS_GOOD_FOR_MS);
    return letters.send('approval-code', contact, about, async () => ({
      ...letters.factsFor(contact),
      subject: `${SUBJECTS[subject]}, version ${version}. ${subject === 'mapping' ? '' : words}`.trim(),
      code: await issueCode(database, {
        ...placeOf(onboardingId, subject, version, contact.id),
        ...{ expiresAt, now: new Date(at) },
      }),
      validUntil: expiresAt,
    }));
  }

  return {
    /** Reminders to those who owe something; escalations to the project manager. Answers what became of each. */
    async sendReminders(request: {
      readonly onboardingId: number;
      readonly now: string;
      readonly goLive: string | null;
      readonly reminders: readonly ReminderRequest[];
    }): Promise<RemindersSent> {
      const { letters, view } = await lettersOf(request.onboardingId);
      const keys = { sent: [] as string[], refused: [] as string[], later: [] as string[] };
      if (view === null) return { ...keys, done: [], inDoubt: 0, problem: null };
      const told: Told[] = [];
      let problem: string | null = null;
      for (const reminder of request.reminders) {
        try {
          const one = await remind(letters, view, reminder, request.goLive);
          keys[one === null || one.notSent > 0 ? 'refused' : 'sent'].push(reminder.key);
          if (one !== null) told.push(one);
        } catch (error) {
          if (!(error instanceof MailNotSent)) throw error;
          keys.later.push(reminder.key);
          problem = error.message;
        }
      }
      return { ...keys, done: [...keys.sent, ...keys.refused], inDoubt: together(told).inDoubt, problem };
    },

    /** A new question, to the contact who is asked. */
    async tellQuestion({
      onboardingId,
      question,
    }: {
      readonly onboardingId: number;
      readonly question: QuestionRequest;
    }) {
      const { letters } = await lettersOf(onboardingId);
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
      const { letters } = await lettersOf(request.onboardingId);
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
      const { letters } = await lettersOf(request.onboardingId);
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
      const { letters, view } = await lettersOf(request.onboardingId);
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

    /**
     * Everybody who may approve gets a code of their own, for exactly this version; a concept goes before it as a document, once.
     * @throws MailNotSent when one could not be sent; the others were
     */
    async requestApprovals(request: ApprovalsRequest): Promise<Told> {
      const { onboardingId, subject, version, again } = request;
      const { letters, view } = await lettersOf(onboardingId);
      const concept = subject === 'mapping' ? await readConcept(database, onboardingId, version) : null;
      await withdrawCodes(database, onboardingId, `${subject}/${version - 1}`);
      const recipients = letters.contacts.filter(
        ({ id, approves }) => approves && again?.without.includes(id) !== true,
      );
      const told: Told[] = [];
      const failed: MailNotSent[] = [];
      for (const contact of recipients) {
        try {
          if (concept !== null) told.push(await sendConcept(letters, view, contact, concept, request));
          told.push(await sendCode(letters, contact, request));
        } catch (error) {
          if (!(error instanceof MailNotSent)) throw error;
          failed.push(error);
        }
      }
      if (failed[0] !== undefined) throw failed[0];
      return together(told);
    },

    /** Uses up the code that was mailed to a contact. @throws OnboardingRefused with what is wrong with it */
    async useCode({ onboardingId, subject, version, contactId, code, at }: CodeRequest): Promise<void> {
      if (code === null) {
        if (!approvalsNeedCodes) return;
        throw new OnboardingRefused(`An approval carries the code that was mailed to "${contactId}": add "code".`);
      }
      const answer = await useCode(database, {
        ...placeOf(onboardingId, subject, version, contactId),
        ...{ code, now: new Date(at), useKey: `${contactId}/${at}` },
      });
      if (answer !== 'ok') throw new OnboardingRefused(CODE_ANSWERS[answer]);
    },
  };
}

const SUBJECTS: Readonly<Record<Subject, string>> = {
  groups: 'Groups of the network',
  mapping: 'Concept mapping',
  release: 'Release of the User Sync',
};

function placeOf(onboardingId: number, subject: Subject, version: number, contactId: string): CodePlace {
  return { onboardingId, subject: `${subject}/${version}`, contactId };
}

const CODE_ANSWERS = {
  wrong: 'The code is not the one that was mailed to this contact for this version.',
  expired: 'The code has expired. "retry" for what it is about sends a new one.',
  used: 'The code was used already.',
  none: 'No code was mailed to this contact for this version.',
  'too many tries':
    'The code was entered wrongly too often and does not count any more. "retry" for what it is about sends a new one.',
} as const;

/** null: there is nobody to remind. */
async function remind(
  letters: Letters,
  view: OnboardingView,
  reminder: ReminderRequest,
  goLive: string | null,
): Promise<Told | null> {
  const item = deliverablesFor(view.source).find(({ id }) => id === reminder.about) ?? null;
  const owner = ownerContact(letters, view, reminder);
  const { manager } = letters;
  const recipient = reminder.to === 'manager' ? manager : owner;
  if (recipient === null) return null;
  const facts = letters.factsFor(recipient);
  const due = endOf(reminder.dueDate, facts.timeZone);
  const title = item?.title ?? `answer to question ${reminder.about}`;
  const goLiveAt = goLive === null ? null : endOf(goLive, facts.timeZone);
  if (reminder.kind === 'escalation') {
    const planned = view.schedule === null ? null : endOf(view.schedule.plannedGoLive, facts.timeZone);
    return letters.send('escalation', recipient, reminder.key, () => ({
      ...facts,
      ...{ title, due, reminders: remindersAbout(view, reminder.about) },
      owner: { name: owner?.name ?? 'nobody is named', role: owner?.role ?? reminder.about },
      goLive: goLiveAt === null || planned === null || goLiveAt <= planned ? null : { before: planned, now: goLiveAt },
    }));
  }
  const what = item === null ? `Answer this question: ${reminder.text ?? ''}` : askedOf(item, reminder.to);
  const why = item === null ? 'Work waits for it.' : `It is needed because ${item.why}.`;
  return letters.send(`reminder-${reminder.kind}`, recipient, reminder.key, () => ({
    ...facts,
    ...{ item: { title, what, why }, due, goLive: goLiveAt },
  }));
}

/** What was handed over is not asked for again: it is to be checked, or decided about. */
function askedOf({ side, asked, title }: Deliverable, to: Reminder['to']): string {
  if (side === to) return `Hand over ${asked}.`;
  return to === 'speakap' ? `Check what was handed over: ${title}.` : `Decide about what was made for you: ${title}.`;
}

function ownerContact(letters: Letters, view: OnboardingView, { about, contactId, to }: ReminderRequest) {
  if (contactId !== undefined) return letters.contact(contactId);
  const item = deliverablesFor(view.source).find(({ id }) => id === about);
  const owner = item === undefined ? null : ownerOf(view, { id: item.id, side: to === 'manager' ? item.side : to });
  return owner === null ? null : letters.contact(owner.id);
}

/** Reminders that went to the owner before. */
function remindersAbout({ remindersDone }: OnboardingView, about: string): number {
  return remindersDone.filter((key) => key.startsWith(`${about}/`) && !key.includes('escalation')).length;
}

/** The end of a working day. */
function endOf(date: string, timeZone: string): Date {
  return new Date(atTime(date, '17:00', timeZone));
}

/** What is different from the concept before, in the words of its lines. */
function differencesOf(
  concept: Parameters<typeof conceptLines>[0] & { readonly iteration: number },
): readonly string[] {
  if (concept.iteration === 1) return [];
  const changed = conceptLines(concept).filter(({ change }) => change !== 'same');
  return changed.map(({ id, text, change }) => `${id} (${change}): ${text}`);
}
