import { createHash } from 'node:crypto';
import type { MailAddress } from './address.js';

/** What somebody is to read. */
export interface MailContent {
  readonly to: MailAddress;
  /** Who gets the answer when it is not the sender: the project manager. */
  readonly replyTo?: MailAddress;
  readonly subject: string;
  readonly text: string;
  /** The same in HTML. */
  readonly html?: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface MailAttachment {
  readonly fileName: string;
  /** `text/html; charset=utf-8` */
  readonly contentType: string;
  readonly content: string | Uint8Array;
}

/** One mail, ready to go. */
export interface MailMessage extends MailContent {
  /** `<...@...>`, of `messageIdFor`. */
  readonly messageId: string;
  /** `reminder-due` */
  readonly kind: string;
  /** Id of the contact that it is to: `c-hr`. */
  readonly contactId: string;
}

/** A Message-ID that is the same whenever the key is: two copies of one mail could be told apart from two mails. */
export function messageIdFor(key: string, domain: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
}
