import type { MailFacts, Person } from '../facts.js';
import { writeLetter, type MailText, type Piece } from '../letter.js';

/** A mail in English: whom it is to, what it says, whom it is from and why they get it. */
export function inEnglish(facts: MailFacts, subject: string, pieces: readonly Piece[]): MailText {
  const { recipient, customerName, manager } = facts;
  return writeLetter({
    language: 'en',
    subject,
    pieces: [
      `Dear ${recipient.name},`,
      ...pieces,
      `Kind regards, ${manager.name}, project manager at Speakap`,
      `Speakap's User Sync wrote this mail. You get it as ${recipient.role} in the implementation for ${customerName}.`,
    ],
  });
}

/** How the recipient answers, as long as there is no page to do it on. */
export function howToAnswer({ manager }: MailFacts): string {
  return `Reply to this mail, or write to ${manager.name} (${manager.address}), who records it for you.`;
}

/** `Ilse Bakker (HR manager)` */
export function personWords({ name, role }: Person): string {
  return `${name} (${role})`;
}
