import { callName, type Call } from './calls.js';
import {
  codeName,
  codeOf,
  EMAIL_IN_USE,
  errorBodyOf,
  GROUP_NAME_IN_USE,
  isAboutOnePerson,
  ONLY_ADMIN,
  QUOTA_EXCEEDED,
} from './codes.js';
import { retryAfterMs } from './retry.js';
import * as errors from '../errors.js';

/** An answer as it came, before anything is believed of it. */
export interface RawAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

const NOTHING = 'Nothing was changed.';

/** The error of an answer that is no success (`speakap-api.md`, 5: everything else is an error). */
export function failureOf(call: Call, answer: RawAnswer): errors.NetworkError {
  const { status } = answer;
  if (status === 429) return rateLimited(call, retryAfterMs(answer.retryAfter, new Date()));
  if (status < 400) return unexpected(call, `an answer with status ${status}, which is not documented`);
  const body = errorBodyOf(answer.text);
  const code = status === 403 ? codeOf(body) : (body.code ?? null);
  const facts = [callName(call), sentenceFor(call, status, code), status, code] as const;
  if (status >= 500) return new errors.ServerError(...facts);
  if (status === 401) return new errors.Unauthorised(...facts);
  if (code === GROUP_NAME_IN_USE) return new errors.NameInUse(...facts);
  if (status === 409 || code === EMAIL_IN_USE || body.scimType === 'uniqueness') return new errors.Conflict(...facts);
  if (code === QUOTA_EXCEEDED) return new errors.QuotaExceeded(...facts);
  if (status === 403 && !isAboutOnePerson(code)) return new errors.Forbidden(...facts);
  if (status === 404 || status === 410) return new errors.NotFound(...facts);
  return new errors.Refused(...facts);
}

export function rateLimited(call: Call, waitMs: number): errors.RateLimited {
  const seconds = Math.ceil(waitMs / 1000);
  const text = `Speakap asks to slow down (${callName(call)}, 429). ${NOTHING} Go on after ${seconds} s; if this happens often, lower the requests per second of this network.`;
  return new errors.RateLimited(callName(call), text, waitMs);
}

/** @param reason a technical one, `ECONNRESET`, never an address. */
export function unreachable(call: Call, reason: string, wasSent: boolean): errors.Unreachable {
  const text = `Speakap gave no answer (${callName(call)}: ${reason}). ${effectOf(call, wasSent)} Check that the network's address can be reached from here; ${nextOf(call, wasSent)}`;
  return new errors.Unreachable(callName(call), text, wasSent);
}

/** @param what names members and types of an answer, never values. */
export function unexpected(call: Call, what: string, status: number | null = null): errors.UnexpectedAnswer {
  const text = `Speakap gave ${what} (${callName(call)}). ${effectOf(call, true)} Check that the network's address leads to Speakap itself and not to a proxy's page; otherwise Speakap changed its answers, and the adapter must follow.`;
  return new errors.UnexpectedAnswer(callName(call), text, status);
}

function sentenceFor(call: Call, status: number, code: number | null): string {
  const name = code === null ? null : codeName(code);
  const where = [callName(call), status, code, name].filter((part) => part !== null).join(', ');
  if (status >= 500) return `Speakap failed (${where}). ${effectOf(call, true)} ${capitalised(nextOf(call, true))}`;
  return `${whatHappened(call, status, code)} (${where}). ${NOTHING} ${whatToDo(call, status, code)}`;
}

function whatHappened(call: Call, status: number, code: number | null): string {
  if (status === 401) return `Speakap does not accept ${credential(call)}`;
  if (status === 409 || code === EMAIL_IN_USE)
    return 'Speakap has this already, or it stands in the way of something else';
  if (code === ONLY_ADMIN) return 'This person is the only administrator of the network, so Speakap refuses';
  if (code === QUOTA_EXCEEDED) return 'Speakap has no room for more';
  if (status === 403 && !isAboutOnePerson(code)) return 'Speakap does not allow this';
  if (status === 404 || status === 410) return 'Speakap does not find what this is about';
  return 'Speakap refuses this request as it is';
}

function whatToDo(call: Call, status: number, code: number | null): string {
  if (status === 401) return `Renew ${credential(call)} in the customer's settings and run again.`;
  if (code === GROUP_NAME_IN_USE) return 'Take the group that has this name, or choose another name in the mapping.';
  if (status === 409 || code === EMAIL_IN_USE) {
    return 'Look up who or what has this name, address or id in the network, and correct the record, or remove the older one.';
  }
  if (code === ONLY_ADMIN) return 'Make somebody else an administrator first; the next run tries again.';
  if (code === QUOTA_EXCEEDED) {
    return 'Remove networks that nobody needs from the development environment, or have Speakap raise its limit of networks and accounts; then try again.';
  }
  if (status === 403 && !isAboutOnePerson(code))
    return `Grant the permission ${call.permission} to ${credential(call)}, and run again.`;
  if (status === 404 || status === 410) {
    return 'Check that the network still exists and that its EID is right; when it does, the person or group is gone, and the next run plans anew.';
  }
  return 'Repeating does not help: correct the record or the mapping.';
}

function credential(call: Call): string {
  return call.api === 'scim' ? "the network's SCIM token" : "the app's EID and secret";
}

function effectOf(call: Call, wasSent: boolean): string {
  if (call.method === 'GET' || !wasSent) return NOTHING;
  return 'It is not known whether the change was made.';
}

function nextOf(call: Call, wasSent: boolean): string {
  if (call.repeatable || !wasSent) return 'then run again.';
  return 'look up whether it was done before it is repeated.';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
