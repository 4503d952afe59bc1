import type { EscalationFacts, ReminderFacts } from '../facts.js';
import type { MailText, Piece } from '../letter.js';
import { dayWords, timeWords } from './dates.js';
import { howToAnswer, inEnglish, personWords } from './frame.js';

export function reminderBefore(facts: ReminderFacts): MailText {
  const { item, due, timeZone, customerName } = facts;
  return inEnglish(facts, `Due on ${dayWords(due, timeZone)}: ${item.title} (${customerName})`, [
    'There is still something that we need from you for the User Sync.',
    ...request(facts),
  ]);
}

export function reminderDue(facts: ReminderFacts): MailText {
  const { item, due, timeZone, customerName } = facts;
  return inEnglish(facts, `Due today, ${dayWords(due, timeZone)}: ${item.title} (${customerName})`, [
    'Today is the day on which we need something from you for the User Sync.',
    ...request(facts),
  ]);
}

export function reminderAfter(facts: ReminderFacts): MailText {
  const { item, due, timeZone, customerName, goLive } = facts;
  const goLiveWords = goLive === null ? '' : ` It is planned for ${dayWords(goLive, timeZone)} now.`;
  return inEnglish(facts, `Late since ${dayWords(due, timeZone)}: ${item.title} (${customerName})`, [
    'We do not have what we asked you for yet, and cannot go on with what depends on it.',
    ...request(facts),
    `The longer it takes, the later your network can go live.${goLiveWords}`,
  ]);
}

export function escalation(facts: EscalationFacts): MailText {
  const { owner, title, due, reminders, customerName, timeZone } = facts;
  return inEnglish(facts, `Late at ${customerName}: ${title}, due ${dayWords(due, timeZone)}`, [
    `${personWords(owner)} is late with something that the implementation for ${customerName} waits for.`,
    {
      table: [
        ['What is late', title],
        ['Whose it is', personWords(owner)],
        ['It was due', timeWords(due, timeZone)],
        ['Reminders sent', String(reminders)],
        ['What it does to the go-live date', goLiveWords(facts)],
      ],
    },
    'Please speak to them. What you get by phone or mail can be recorded on their behalf; it is marked so.',
  ]);
}

function request(facts: ReminderFacts): readonly Piece[] {
  const { item, due, timeZone } = facts;
  return [
    {
      table: [
        ['What we ask', `${item.title}. ${item.what}`],
        ['Why', item.why],
        ['Until', timeWords(due, timeZone)],
        ['How to answer', howToAnswer(facts)],
      ],
    },
    `Please do not put data of employees into a mail: ask ${facts.manager.name} how to hand over such a file safely.`,
  ];
}

function goLiveWords({ goLive, timeZone }: EscalationFacts): string {
  if (goLive === null) return 'There is no go-live date yet.';
  const now = dayWords(goLive.now, timeZone);
  const before = dayWords(goLive.before, timeZone);
  return now === before ? `None yet: it is still ${now}.` : `It moves from ${before} to ${now}.`;
}
