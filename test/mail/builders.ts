import type { MailMessage } from '../../src/mail/message.js';
import { messageIdFor } from '../../src/mail/message.js';
import type { MailSettings, SmtpSettings } from '../../src/mail/settings.js';

export const sender = { name: 'User Sync', address: 'usersync@speakap.example' };

/** A mail to a made-up contact. */
export function aMail(changes: Partial<MailMessage> = {}): MailMessage {
  return {
    to: { name: 'Ilse Bakker', address: 'ilse.bakker@korenaar.example' },
    subject: 'Reminder: example record',
    text: 'Please hand over the example record.\n.\nThank you.\n',
    kind: 'reminder-due',
    contactId: 'c-hr',
    messageId: messageIdFor('korenaar/1/reminder', 'speakap.example'),
    ...changes,
  };
}

/** A mail server on this machine. */
export function smtpAt(port: number, changes: Partial<SmtpSettings> = {}): MailSettings {
  return { sender, smtp: { host: '127.0.0.1', port, tls: 'off', login: null, ...changes }, outbox: '/nowhere' };
}

/** A problem is told to people who may know neither whom the mail was to nor what the server repeats. */
export function tellsNothingPersonal(text: string): boolean {
  return !/ilse|bakker|korenaar|@/i.test(text);
}
