import type { HttpAnswer, HttpRequest, Sender } from './transport.js';

/** A request as it would be sent, without credentials. */
export interface SentRequest {
  readonly method: HttpRequest['method'];
  /** Address without its query. */
  readonly url: string;
  readonly query: readonly (readonly [string, string])[];
  readonly contentType: string | null;
  /** As it stands on the wire. */
  readonly body: string | null;
}

/** What the network would give out only then begins with this; four digits follow. */
export const NEW_EID = 'ffffffffffff';

type AnswerOf = (rehearsal: Rehearsal, url: string) => object;

/** By method and path, the first that fits. People are not there, so nothing of theirs is kept; nobody is activated. */
const ANSWERS: readonly (readonly [RegExp, AnswerOf])[] = [
  [/^GET .*\/Users$/, () => ({ Resources: [] })],
  [/^POST .*\/Users$/, () => ({ id: 'new' })],
  [/^PUT .*\/Users\/[^/]+$/, (_, url) => ({ id: url.split('/').at(-1) })],
  [/^GET .*\/users\/$/, () => ({ users: [] })],
  [/^GET .*\/users\/[^/]+\/status$/, () => ({ status: 'inactive' })],
  [/^GET .*\/users\/[^/]+\/$/, () => ({ EID: `${NEW_EID}0000`, deleted: true })],
  [/^POST .*\/(groups|business-units|departments|local-departments)\/$/, (rehearsal) => ({ EID: rehearsal.newEid() })],
  [/^POST .*\/invite$/, () => ({ data: {} })],
];

/** Stands where the connections would be: nothing leaves the machine. */
export class Rehearsal implements Sender {
  readonly sent: SentRequest[] = [];
  #eids = 0;

  send({ method, origin, path, headers, body }: HttpRequest): Promise<HttpAnswer> {
    const url = new URL(path, origin);
    const address = url.origin + url.pathname;
    this.sent.push({
      ...{ method, url: address, body },
      query: [...url.searchParams],
      contentType: headers['content-type'] ?? null,
    });
    const answerOf = ANSWERS.find(([pattern]) => pattern.test(`${method} ${address}`))?.[1];
    const text = JSON.stringify(answerOf?.(this, address) ?? {});
    return Promise.resolve({ status: 200, retryAfter: null, text });
  }

  newEid(): string {
    this.#eids += 1;
    return NEW_EID + this.#eids.toString(16).padStart(4, '0');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
