import type { z } from 'zod';
import type { Call } from './calls.js';
import { unexpected } from './failures.js';
import type { HttpAnswer } from './transport.js';

/** Reads a JSON answer, tolerant of members that are not used. @throws UnexpectedAnswer, naming members and never values. */
export function parse<T>(schema: z.ZodType<T>, call: Call, answer: HttpAnswer): T {
  const json = jsonOf(call, answer);
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw unexpected(call, `an answer that is not as documented: ${complaintOf(result.error)}`, answer.status);
}

/** Like `parse`, where the documents promise no body: none (204, or an empty 200) counts as `{}`. */
export function parseIfAny<T>(schema: z.ZodType<T>, call: Call, answer: HttpAnswer): T {
  return parse(schema, call, answer.text.trim() === '' ? { ...answer, text: '{}' } : answer);
}

function jsonOf(call: Call, answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    throw unexpected(call, `${kindOf(answer.text)} instead of JSON`, answer.status);
  }
}

function kindOf(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'an empty answer';
  if (start.startsWith('<')) return 'a web page';
  return start.startsWith('{') || start.startsWith('[') ? 'a cut-off answer' : 'a text';
}

function complaintOf(error: z.ZodError): string {
  const places = error.issues.slice(0, 3).map((issue) => `"${placeOf(issue.path)}" is missing or of another kind`);
  return places.join(', ');
}

/** Only names that a document could have printed: an answer by e-mail address has addresses for names. */
function placeOf(path: readonly PropertyKey[]): string {
  const names = path.map((part) => (typeof part === 'string' && /^[A-Za-z_]{1,30}$/.test(part) ? part : '*'));
  return names.length === 0 ? 'the whole answer' : names.join('.');
}
