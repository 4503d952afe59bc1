import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { domainOf, type MailAddress } from './address.js';
import { composeMail, UnusableMail, type ComposedMail } from './compose.js';
import type { MailMessage } from './message.js';
import { isLoopback, type SmtpLimits, type SmtpSettings } from './settings.js';
import { judgeFailure, timeIsUp } from './smtp-failure.js';
import type { Mailer, SendResult } from './transport.js';
import { UnderWay } from './under-way.js';

const LIMITS: SmtpLimits = { connect: 20_000, answer: 120_000, total: 300_000 };
/** How long the server's goodbye is waited for. Nothing depends on it any more. */
const GOODBYE_MS = 1_000;

/**
 * Sends by SMTP, a connection for each mail: one that is kept open may have been closed by the server, and is noticed
 * only when a mail is lost on it.
 */
export function smtpMailer(sender: MailAddress, smtp: SmtpSettings): Mailer {
  const underWay = new UnderWay();
  return {
    domain: domainOf(sender.address),
    send: (message) => underWay.add(sendOnce(sender, smtp, message)),
    close: () => underWay.settled(),
  };
}

async function sendOnce(sender: MailAddress, smtp: SmtpSettings, message: MailMessage): Promise<SendResult> {
  try {
    return await converse(smtp, await composeMail(sender, message));
  } catch (error) {
    const problem = error instanceof UnusableMail ? error.message : 'The mail could not be written.';
    return { outcome: 'not_sent', retryable: false, problem };
  }
}

/** One conversation with the server, to the first thing that decides what became of the mail. */
function converse(smtp: SmtpSettings, { envelope, raw }: ComposedMail): Promise<SendResult> {
  return new Promise((resolve) => {
    const { total } = smtp.limits ?? LIMITS;
    const connection = new SMTPConnection(optionsOf(smtp));
    const mail = new WatchedMail(raw);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      connection.close();
      resolve(judgeFailure(error, mail.hasBegun));
    };
    const timer = setTimeout(() => fail(timeIsUp()), total);

    // Also after the end, when it tells nothing new: an error that nobody listens to would end the process.
    connection.on('error', fail);
    connection.connect((error) => {
      if (error) return fail(error);
      logIn(connection, smtp, (refusal) => {
        if (refusal) return fail(refusal);
        connection.send({ ...envelope, size: raw.length }, mail, (problem) => {
          if (problem) return fail(problem);
          clearTimeout(timer);
          resolve({ outcome: 'sent' });
          sayGoodbye(connection);
        });
      });
    });
  });
}

function logIn(connection: SMTPConnection, { login }: SmtpSettings, done: (error: Error | null) => void): void {
  if (login === null) return done(null);
  connection.login({ credentials: { user: login.user, pass: login.password } }, done);
}

function sayGoodbye(connection: SMTPConnection): void {
  connection.quit();
  setTimeout(() => connection.close(), GOODBYE_MS);
}

/** nodemailer reads it when the server has asked for the mail, which is when its loss begins to be a doubt. */
class WatchedMail extends Readable {
  hasBegun = false;

  constructor(private readonly raw: Buffer) {
    super();
  }

  override _read(): void {
    this.hasBegun = true;
    this.push(this.raw);
    this.push(null);
  }
}

function optionsOf({ host, port, tls, authority, limits = LIMITS }: SmtpSettings): SMTPConnectionOptions {
  return {
    host,
    port,
    secure: tls === 'at once',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'off',
    tls: { minVersion: 'TLSv1.2', ...(authority === undefined ? {} : { ca: authority }) },
    allowInternalNetworkInterfaces: isLoopback(host),
    connectionTimeout: limits.connect,
    greetingTimeout: limits.connect,
    dnsTimeout: limits.connect,
    socketTimeout: limits.answer,
  };
}
