import { createTransport } from 'nodemailer';
import { isMailAddress, oneLine, type MailAddress } from './address.js';
import type { MailAttachment, MailMessage } from './message.js';

/** A mail as it goes over the wire or into a file. */
export interface ComposedMail {
  readonly envelope: { readonly from: string; readonly to: string };
  /** RFC 5322, lines end with CR LF. */
  readonly raw: Buffer;
}

/** A mail that cannot be written. Nothing was sent; the sentence holds neither name nor address. */
export class UnusableMail extends Error {
  override readonly name = 'UnusableMail';
}

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/** @throws UnusableMail when the recipient has no plain address, or an attachment no media type. */
export async function composeMail(sender: MailAddress, message: MailMessage): Promise<ComposedMail> {
  const { to, replyTo, subject, text, html, attachments = [], messageId } = message;
  if (!/^<[\w.-]+@[\p{L}\p{N}.-]+>$/u.test(messageId)) throw new UnusableMail('The mail has no usable Message-ID.');
  const { envelope, message: raw } = await composer.sendMail({
    from: usable(sender, 'The sender'),
    to: usable(to, 'The contact'),
    ...(replyTo === undefined ? {} : { replyTo: usable(replyTo, 'Whoever is to get the answer') }),
    subject: oneLine(subject),
    text,
    ...(html === undefined ? {} : { html }),
    attachments: attachments.map(toAttachment),
    messageId,
    // Whoever is away need not tell us so (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const [recipient, ...others] = envelope.to;
  if (!envelope.from || recipient === undefined || others.length > 0 || !Buffer.isBuffer(raw)) {
    throw new UnusableMail('The mail has no sender, or not exactly one recipient.');
  }
  return { envelope: { from: envelope.from, to: recipient }, raw };
}

function usable({ name, address }: MailAddress, who: string): MailAddress {
  if (!isMailAddress(address)) throw new UnusableMail(`${who} has no usable mail address.`);
  return { name: oneLine(name), address };
}

function toAttachment({ fileName, contentType, content }: MailAttachment) {
  if (!/^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w-]+)*$/.test(contentType)) {
    throw new UnusableMail('An attachment has no usable media type.');
  }
  return { filename: oneLine(fileName), contentType, content: Buffer.from(content) };
}
