import { plain, type Paint } from './paint.js';
import { oneLine } from './words.js';

/** What would be sent for one person. Holds their values: for whoever asked for this person. */
export interface Payload {
  readonly xid: string;
  readonly requests: readonly PayloadRequest[];
  /** What stands in the way, and what is only sent after a decision. */
  readonly notes: readonly string[];
}

export interface PayloadRequest {
  readonly method: string;
  readonly url: string;
  readonly query: readonly (readonly [string, string])[];
  readonly contentType: string | null;
  readonly body: string | null;
}

/** Requests as one reads them: JSON on lines of its own, forms name by name. */
export function renderPayload({ xid, requests, notes }: Payload, paint: Paint = plain): string {
  return [
    paint.title(oneLine(`Payload for ${xid}: ${requests.length === 0 ? 'nothing would be sent' : 'in this order'}`)),
    ...requests.map((request) => requestText(request, paint)),
    ...notes.map((note) => paint.attention(oneLine(note))),
  ].join('\n');
}

function requestText({ method, url, query, contentType, body }: PayloadRequest, paint: Paint): string {
  const asked = query.length === 0 ? '' : `?${query.map(([name, value]) => `${name}=${value}`).join('&')}`;
  const head = oneLine(`${method} ${url}${asked}`);
  if (body === null) return head;
  return [head, paint.faint(`  ${contentType ?? ''}`), ...bodyLines(body, contentType).map((line) => `  ${line}`)].join(
    '\n',
  );
}

function bodyLines(body: string, contentType: string | null): readonly string[] {
  if (contentType?.includes('json') === true)
    return JSON.stringify(JSON.parse(body), null, 2).split('\n').map(withoutControls);
  return [...new URLSearchParams(body)].map(([name, value]) => oneLine(`${name} = ${value}`));
}

/** Indentation stays. */
function withoutControls(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
