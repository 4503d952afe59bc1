import { callName, type Call } from './calls.js';
import { systemClock } from './clock.js';
import {
  acceptOf,
  contentTypeOf,
  encodeBody,
  encodeQuery,
  fillPath,
  type Answering,
  type Body,
  type Pairs,
} from './encoding.js';
import { failureOf, rateLimited, unreachable } from './failures.js';
import { LongPause, Pace } from './pace.js';
import { waitBeforeNext } from './retry.js';
import type { Resolved } from './settings.js';
import { NoAnswer, Transport, type HttpAnswer, type Sender } from './transport.js';
import { NetworkError, RateLimited } from '../errors.js';

export interface Question {
  readonly call: Call;
  /** Values for `{user}` and the like; `{net}` is known. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Pairs;
  readonly body?: Body;
  readonly answering: Answering;
}

/** Where an interface of the network is: its server, and what stands before every path. */
interface Base {
  readonly origin: string;
  readonly prefix: string;
}

/** Asks a network: paces, authenticates, repeats what may be repeated, and turns failures into the errors of `errors.ts`. */
export class Client {
  private readonly bases: Readonly<Record<Call['api'], Base>>;

  private constructor(
    readonly settings: Resolved,
    private readonly pace: Pace,
    private readonly transport: Sender,
    readonly signal: AbortSignal | undefined,
  ) {
    this.bases = { rest: baseOf(settings.apiBase), scim: baseOf(settings.scimBase) };
  }

  static open(settings: Resolved, signal?: AbortSignal, transport: Sender = new Transport(settings)): Client {
    const { requestsPerSecond, budget, connections, maxWaitMs } = settings;
    const pace = new Pace({ requestsPerSecond, budget, concurrency: connections, maxWaitMs });
    return new Client(settings, pace, transport, signal);
  }

  /** The same connections and the same pace, with another signal. */
  within(signal: AbortSignal): Client {
    return new Client(this.settings, this.pace, this.transport, signal);
  }

  /** @throws NetworkError, or the signal's reason. */
  async ask(question: Question): Promise<HttpAnswer> {
    let failed = 0;
    let heldBackMs = 0;
    for (;;) {
      const outcome = await this.attempt(question);
      if (!(outcome instanceof NetworkError)) return outcome;
      const held = outcome instanceof RateLimited;
      if (!held) failed += 1;
      const waitMs = waitBeforeNext(outcome, question.call.repeatable, { failed, heldBackMs }, this.settings);
      if (waitMs === null) throw outcome;
      if (held) heldBackMs += waitMs;
      if (held) await this.pace.pause(waitMs);
      else await this.sleep(waitMs);
    }
  }

  sleep(ms: number): Promise<void> {
    return systemClock.sleep(ms, this.signal);
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private async attempt(question: Question): Promise<HttpAnswer | NetworkError> {
    try {
      await this.pace.enter(this.signal);
    } catch (error) {
      if (error instanceof LongPause) throw rateLimited(question.call, error.leftMs);
      throw error;
    }
    try {
      return await this.exchange(question);
    } finally {
      this.pace.leave();
    }
  }

  private async exchange(question: Question): Promise<HttpAnswer | NetworkError> {
    const started = performance.now();
    const observe = (status: number | null) =>
      this.settings.onRequest({ call: callName(question.call), status, ms: performance.now() - started });
    try {
      const answer = await this.transport.send(this.requestFor(question));
      observe(answer.status);
      return answer.status >= 200 && answer.status < 300 ? answer : await this.failure(question.call, answer);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      observe(null);
      return unreachable(question.call, error.reason, error.wasSent);
    }
  }

  private async failure(call: Call, answer: HttpAnswer): Promise<NetworkError> {
    const failure = failureOf(call, answer);
    if (failure instanceof RateLimited) await this.pace.pause(failure.retryAfterMs);
    return failure;
  }

  private requestFor({ call, path, query, body, answering }: Question) {
    const { origin, prefix } = this.bases[call.api];
    const { networkEid: net, apiVersion } = this.settings;
    const address = prefix + fillPath(call.pattern, { net, ...path }) + encodeQuery(query ?? []);
    const headers = {
      accept: acceptOf(answering, apiVersion),
      authorization: `Bearer ${this.token(call)}`,
      ...(body === undefined ? {} : { 'content-type': contentTypeOf(body) }),
    };
    const sent = body === undefined ? null : encodeBody(body);
    return { method: call.method, origin, path: address, headers, body: sent, signal: this.signal };
  }

  private token(call: Call): string {
    const { appEid, appSecret, scimToken } = this.settings;
    return call.api === 'scim' ? scimToken : `${appEid}_${appSecret}`;
  }
}

/** Addresses are parsed once and put together as text: a URL object for each request costs more than all of its headers. */
function baseOf(address: string): Base {
  const { origin, pathname } = new URL(address);
  return { origin, prefix: pathname.replace(/\/$/, '') };
}
