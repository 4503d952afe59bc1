import type { FaultInput } from '../gate/faults.js';
import { scimError } from '../scim/error.js';
import type { Answer } from './call.js';
import { Refusal } from './refusal.js';

/** What is to be sent: an answer, after a while perhaps; or nothing, with the connection reset or left open. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
      readonly delayMs: number;
    }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

const JSON_TYPE = 'application/json; charset=utf-8';
const FAULT_CODES: Readonly<Record<number, number>> = {
  400: -1,
  401: -2,
  403: -3,
  404: -4,
  409: -9,
  410: -10,
  429: -1,
};

/** What a fault answers instead of doing anything; null when the request goes on. */
export function beforeFault(fault: FaultInput, isScim: boolean): Reply | null {
  if (fault.kind === 'reset_before') return { kind: 'reset' };
  if (fault.kind === 'hang' && fault.afterEffect !== true) return { kind: 'hang' };
  if (fault.kind === 'status' && fault.afterEffect !== true) return statusReply(fault, isScim);
  return null;
}

/** What a fault makes of the answer to a request that had its effect. */
export function afterFault(fault: FaultInput, reply: Reply, isScim: boolean): Reply {
  if (fault.kind === 'reset_after') return { kind: 'reset' };
  if (fault.kind === 'hang') return { kind: 'hang' };
  if (fault.kind === 'status') return statusReply(fault, isScim);
  return reply.kind === 'answer' ? { ...reply, delayMs: fault.delayMs ?? 1000 } : reply;
}

function statusReply(fault: FaultInput, isScim: boolean): Reply {
  const status = fault.status ?? 500;
  const code = FAULT_CODES[status] ?? -5;
  const reply = refusalReply(new Refusal(status, code, 'This error was switched on in the sandbox'), isScim);
  const needsRetryAfter = status === 429 || fault.retryAfter !== undefined;
  if (reply.kind !== 'answer' || !needsRetryAfter) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(fault.retryAfter ?? 1) } };
}

export function tooManyReply(seconds: number, isScim: boolean): Reply {
  const refusal = new Refusal(429, -1, 'Too many requests: wait as long as Retry-After says');
  const reply = refusalReply(refusal, isScim);
  return reply.kind === 'answer' ? { ...reply, headers: { ...reply.headers, 'retry-after': String(seconds) } } : reply;
}

export function refusalReply(refusal: Refusal, isScim: boolean): Reply {
  const body = isScim ? scimError(refusal) : { code: refusal.code, message: refusal.message };
  const contentType = isScim ? 'application/scim+json; charset=utf-8' : JSON_TYPE;
  return toReply({ status: refusal.status, body }, contentType);
}

export function toReply(answer: Answer, contentType: string): Reply {
  const headers = { 'content-type': contentType, ...answer.headers };
  return { kind: 'answer', status: answer.status, headers, text: JSON.stringify(answer.body), delayMs: 0 };
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const reason = error instanceof Error ? error.message : 'unknown';
  return new Refusal(500, -5, `Internal Server Error: ${reason}`, 'state');
}
