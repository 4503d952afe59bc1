import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { HttpAnswer } from './transport.js';

/**
 * One request on its way and its answer, collected as it comes in. undici's own `request` gives a stream for every answer, and
 * an AbortController is needed to end it: together they cost as much as everything else that a small answer needs.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<HttpAnswer>;
  #resolve!: (answer: HttpAnswer) => void;
  #reject!: (error: unknown) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #stopped = false;
  #status = 0;
  #retryAfter: string | null = null;
  readonly #pieces: Buffer[] = [];

  constructor() {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Ends the request, also one that still waits for its connection: it is not sent then. */
  stop(): void {
    this.#stopped = true;
    const error = new Error('The request was stopped.');
    this.#controller?.abort(error);
    this.#reject(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#stopped) controller.abort(new Error('The request was stopped.'));
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    const retryAfter = headers['retry-after'];
    this.#status = status;
    this.#retryAfter = typeof retryAfter === 'string' ? retryAfter : null;
  }

  onResponseData(_: unknown, piece: Buffer): void {
    this.#pieces.push(piece);
  }

  onResponseEnd(): void {
    this.#resolve({ status: this.#status, retryAfter: this.#retryAfter, text: textOf(this.#pieces) });
  }

  onResponseError(_: unknown, error: Error): void {
    this.#reject(error);
  }
}

/** Pieces may be cut within a character. A byte order mark is no text. */
function textOf(pieces: readonly Buffer[]): string {
  const [first] = pieces;
  const whole = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
  const text = whole.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
