import { Pool } from 'undici';
import { AnswerCutOff, SourceTooSlow, SourceUntrusted, UnreadableAnswer } from '../api-errors.js';
import { SourceUnreachable } from '../errors.js';

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

/** A page of 150,000 cells is some megabytes; what is far beyond that is no page. */
const LARGEST_ANSWER = 64 * 1024 * 1024;
const LONGEST_CONNECT_MS = 10_000;
const TLS_FAILURE = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** Questions to one address over one kept connection, each with one time limit for the whole of its answer. */
export class Transport {
  /** The host alone, for sentences. */
  readonly address: string;
  private readonly pool: Pool;

  constructor(
    private readonly base: URL,
    private readonly timeoutMs: number,
  ) {
    this.address = base.host;
    this.pool = new Pool(base.origin, {
      connections: 1,
      connect: { timeout: Math.min(timeoutMs, LONGEST_CONNECT_MS) },
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: LARGEST_ANSWER,
    });
  }

  /** @throws SourceUnreachable, SourceUntrusted, SourceTooSlow, AnswerCutOff, UnreadableAnswer, or the signal's reason. */
  async get(path: string, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<HttpAnswer> {
    signal?.throwIfAborted();
    const limit = new AbortController();
    const stop = () => limit.abort();
    const timer = setTimeout(stop, this.timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    const seen = { answer: false };
    try {
      return await this.exchange(this.base.pathname + path, headers, limit.signal, seen);
    } catch (error) {
      signal?.throwIfAborted();
      throw limit.signal.aborted ? this.tooSlow() : this.failureOf(error, seen.answer);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Also ends a question that is under way. */
  close(): Promise<void> {
    return this.pool.destroy();
  }

  /** Redirects are not followed: the token is for this address alone. */
  private async exchange(
    path: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    seen: { answer: boolean },
  ): Promise<HttpAnswer> {
    const response = await this.pool.request({ method: 'GET', path, headers, signal });
    seen.answer = true;
    const retryAfter = response.headers['retry-after'];
    return {
      status: response.statusCode,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
      body: await response.body.text(),
    };
  }

  private tooSlow(): SourceTooSlow {
    return new SourceTooSlow(this.address, `no whole answer within ${this.timeoutMs / 1000} s`);
  }

  private failureOf(error: unknown, wasAnswering: boolean): Error {
    const code = codeOf(error);
    if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
      return new UnreadableAnswer(this.address, 'an answer of more than 64 MB; a smaller `take` may help');
    }
    if (TLS_FAILURE.test(code)) return new SourceUntrusted(this.address, code, { cause: error });
    if (wasAnswering) return new AnswerCutOff(this.address, code, { cause: error });
    return new SourceUnreachable(this.address, code, { cause: error });
  }
}

/** The system's name of a failure, `ECONNRESET`; messages are left out, since they may hold what was sent. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'the connection failed';
}
