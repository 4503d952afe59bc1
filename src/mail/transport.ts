import type { MailMessage } from './message.js';
import { outboxMailer } from './outbox.js';
import type { MailSettings } from './settings.js';
import { smtpMailer } from './smtp.js';

/** Takes mails away, one by one. */
export interface Mailer {
  /** Of the sender; the right side of Message-IDs. */
  readonly domain: string;
  /** Tries once, and never throws: what became of it is the answer. */
  send(message: MailMessage): Promise<SendResult>;
  /** Waits for the mails that are under way. */
  close(): Promise<void>;
}

/**
 * `problem` is a sentence without a name or an address.
 *
 * - `sent`: the mail server took it over, or it is in the outbox, at `place`.
 * - `not_sent`: nobody got it. `retryable`: trying again may help.
 * - `unknown`: the end of the mail may have arrived, and no answer came.
 */
export type SendResult =
  | { readonly outcome: 'sent'; readonly place?: string }
  | { readonly outcome: 'not_sent'; readonly retryable: boolean; readonly problem: string }
  | { readonly outcome: 'unknown'; readonly problem: string };

/** By SMTP where a server is configured, else into the outbox. */
export function createMailer({ sender, smtp, outbox }: MailSettings): Mailer {
  return smtp === null ? outboxMailer(sender, outbox) : smtpMailer(sender, smtp);
}
