import { deliverablesFor, type Deliverable } from '../../onboarding/deliverables.js';
import { ownerOf } from '../../onboarding/owners.js';
import type { Reminder } from '../../onboarding/schedule/types.js';
import type { OnboardingView } from '../../store/onboardings.js';
import type { ActivityParts } from '../parts.js';
import { endOf, lettersOf, MailNotSent, together, type Letters, type Told } from './letters.js';

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

export function createReminderActivities(parts: ActivityParts) {
  return {
    /** Reminders to those who owe something; escalations to the project manager. Answers what became of each. */
    async sendReminders(request: {
      readonly onboardingId: number;
      readonly now: string;
      readonly goLive: string | null;
      readonly reminders: readonly ReminderRequest[];
    }): Promise<RemindersSent> {
      const { letters, view } = await lettersOf(parts, request.onboardingId);
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
  };
}

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
