import { Pool } from 'undici';
import { reasonOf } from './clock.js';
import { Exchange } from './exchange.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** Carries requests to a network, and answers back. */
export interface Sender {
  /** @throws NoAnswer, or the signal's reason. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** No whole answer came. `wasSent` is false where no connection was made, so that there surely was no effect. */
export class NoAnswer extends Error {
  constructor(
    readonly reason: string,
    readonly wasSent: boolean,
  ) {
    super(reason);
  }
}

/** A page of 1,000 people is about one megabyte; what is far beyond that is not Speakap. */
const LARGEST_ANSWER = 64 * 1024 * 1024;
const LONGEST_CONNECT_MS = 10_000;
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** HTTP with kept connections, a few to each origin, and one time limit for the whole of an answer. */
export class Transport implements Sender {
  private readonly pools = new Map<string, Pool>();

  constructor(private readonly settings: { readonly timeoutMs: number; readonly connections: number }) {}

  /** @throws NoAnswer, or the signal's reason. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const { method, origin, path, headers, body, signal } = request;
    if (signal?.aborted) throw reasonOf(signal);
    const exchange = new Exchange();
    const timer = setTimeout(() => exchange.stop(), this.settings.timeoutMs);
    const stop = () => exchange.stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      this.pool(origin).dispatch({ method, path, headers, body }, exchange);
      return await exchange.answer;
    } catch (error) {
      if (signal?.aborted) throw reasonOf(signal);
      if (exchange.isStopped) throw new NoAnswer(`no answer within ${this.settings.timeoutMs / 1000} s`, true);
      const reason = codeOf(error);
      throw new NoAnswer(reason, !NEVER_CONNECTED.test(reason));
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
  }

  private pool(origin: string): Pool {
    const known = this.pools.get(origin);
    if (known !== undefined) return known;
    const { connections, timeoutMs } = this.settings;
    const pool = new Pool(origin, {
      connections,
      connect: { timeout: Math.min(timeoutMs, LONGEST_CONNECT_MS) },
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: LARGEST_ANSWER,
    });
    this.pools.set(origin, pool);
    return pool;
  }
}

/** The system's name of a failure, `ECONNRESET`; messages are left out, since they may hold addresses. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'the connection failed';
}
