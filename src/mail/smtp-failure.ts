import type { SendResult } from './transport.js';

/** What nodemailer tells of a failure: the fields of its NodemailerError that matter here. */
interface Failure extends Error {
  readonly code?: string;
  /** Node's own code, such as ECONNREFUSED, where nodemailer's says less. */
  readonly originalCode?: string;
  /** `RCPT TO`, `DATA`; `CONN` when the connection itself failed. */
  readonly command?: string;
  /** Of the server's answer. Its words are not used: many repeat the address. */
  readonly responseCode?: number;
  readonly response?: string;
}

/**
 * What a failure says about the mail. An answer of 4xx or 5xx is a refusal, whenever it comes. Without one, the mail is
 * not sent as long as its text was not begun (`hasBegun`: the server had asked for it), and afterwards nobody knows.
 */
export function judgeFailure(error: Failure, hasBegun: boolean): SendResult {
  if (isRefusal(error)) return { outcome: 'not_sent', retryable: isRetryable(error), problem: refusalWords(error) };
  if (hasBegun) return { outcome: 'unknown', problem: doubtWords(error) };
  if (isOurs(error))
    return { outcome: 'not_sent', retryable: false, problem: 'The mail server cannot take this mail.' };
  return { outcome: 'not_sent', retryable: true, problem: `No conversation with the mail server (${codeOf(error)}).` };
}

/** More time than one mail may take has gone by. */
export function timeIsUp(): Error {
  return Object.assign(new Error('The mail took too long.'), { code: 'ETIMEDOUT' });
}

function isRefusal({ responseCode }: Failure): boolean {
  return responseCode !== undefined && responseCode >= 400 && responseCode < 600;
}

/** A 5xx is for ever where it is about this mail. One about the session or the login is mended by an operator. */
function isRetryable({ responseCode = 0, command = '' }: Failure): boolean {
  return responseCode < 500 || !/^(MAIL FROM|RCPT TO|DATA)$/.test(command);
}

/** A mail that nodemailer does not offer to the server: larger than it takes, or with a recipient that it cannot write. */
function isOurs({ code, command }: Failure): boolean {
  return code === 'EMESSAGE' || (code === 'EENVELOPE' && command === 'API');
}

function refusalWords(error: Failure): string {
  const { responseCode = 0, response = '', command = '' } = error;
  const detail = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const code = detail === undefined ? String(responseCode) : `${responseCode} ${detail}`;
  return `The mail server refused ${whatWasRefused(command)}: it answered ${code}.`;
}

function whatWasRefused(command: string): string {
  if (command === 'RCPT TO') return "the contact's address";
  if (command === 'MAIL FROM') return 'the sender';
  if (command === 'DATA') return 'the mail';
  if (command.startsWith('AUTH')) return 'the user name or password';
  return 'the connection';
}

function doubtWords(error: Failure): string {
  return `The mail was handed over, and the mail server did not say whether it took it (${codeOf(error)}).`;
}

function codeOf({ code, originalCode, responseCode }: Failure): string {
  return [originalCode ?? code ?? 'no reason given', responseCode].filter((part) => part !== undefined).join(', ');
}
