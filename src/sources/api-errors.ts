import { SourceError } from './errors.js';

/**
 * What can go wrong with a source that is an HTTP interface, whoever made it. The address is the host alone; no message holds a
 * value of a record or a secret. Nothing in a network is changed by a run that meets one.
 */

const NOTHING = 'Nothing was changed.';

/** 401: the interface does not accept our token. */
export class TokenRefused extends SourceError {
  readonly retryable = false;
  constructor(readonly address: string) {
    super(
      `${address} does not accept our token (401). ${NOTHING} Ask the customer whether it was blocked or has expired, ` +
        'enter a new one with "usersync customer add", and start the run again.',
    );
  }
}

/** 429 and 503: we are asked to come back later. */
export class SourceBusy extends SourceError {
  readonly retryable = true;
  constructor(
    readonly address: string,
    readonly status: number,
    override readonly retryAfterMs: number,
  ) {
    super(
      `${address} asks us to come back later (${status}). What was read is thrown away and nothing was changed. ` +
        `It is tried again after ${Math.ceil(retryAfterMs / 1000)} s; if this happens often, choose another hour for the run.`,
    );
  }
}

/** 5xx: the interface failed. `detail` is a sentence that holds nothing of its own words unless they are known to be harmless. */
export class SourceFailed extends SourceError {
  readonly retryable = true;
  constructor(
    readonly address: string,
    readonly status: number,
    detail: string,
  ) {
    super(
      `${address} failed (${status}). ${detail} What was read is thrown away and nothing was changed. It is tried again; ` +
        'when it stays so, ask whoever runs the interface what its log says.',
    );
  }
}

/** Other 4xx: the interface refuses the question as it is put. Repeating does not help. */
export class RequestRefused extends SourceError {
  readonly retryable = false;
  constructor(
    readonly address: string,
    readonly status: number,
    detail: string,
  ) {
    super(`${address} refuses what we ask (${status}). ${detail} ${NOTHING} Check the settings of the source.`);
  }
}

/** An answer that is not what the documents say: a web page, cut-off JSON, rows of another shape. */
export class UnreadableAnswer extends SourceError {
  readonly retryable = true;
  constructor(
    readonly address: string,
    /** Names members and kinds of an answer, never values. */
    what: string,
  ) {
    super(
      `${address} gave ${what}. What was read is thrown away and nothing was changed. It is tried again; when it stays so, ` +
        "check that the address leads to the interface itself and not to a proxy's page.",
    );
  }
}

/** The connection was lost in the middle of an answer. What was read is not the record. */
export class AnswerCutOff extends SourceError {
  readonly retryable = true;
  constructor(
    readonly address: string,
    /** A technical one, `ECONNRESET`. */
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `${address} broke off in the middle of an answer (${reason}). What was read is thrown away and nothing was changed. ` +
        'It is tried again.',
      options,
    );
  }
}

/** No whole answer in time. The other side may still be at work on the question, so it is left alone for a while. */
export class SourceTooSlow extends SourceError {
  readonly retryable = true;
  override readonly retryAfterMs = 60_000;
  constructor(
    readonly address: string,
    detail: string,
  ) {
    super(
      `${address} takes too long: ${detail}. What was read is thrown away and nothing was changed. It is tried again; when ` +
        'it stays so, ask for fewer rows at a time (`take`), or for a connector with fewer fields and a fixed filter.',
    );
  }
}

/** The certificate or the encryption of the address cannot be trusted. No token was sent to it. */
export class SourceUntrusted extends SourceError {
  readonly retryable = false;
  constructor(
    readonly address: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `${address} cannot be trusted: its TLS certificate or encryption does not hold (${reason}). Nothing was read, no ` +
        'token was sent and nothing was changed. Check the address; when it is right, whoever runs it must renew the certificate.',
      options,
    );
  }
}

/** Rows moved between the pages of one read, so somebody may be missing or there twice. The reader reads once more by itself. */
export class SourceMoved extends SourceError {
  readonly retryable = false;
  constructor(detail: string, keyField: string) {
    super(
      `The rows do not fit together from page to page: ${detail}. What was read is thrown away and nothing was changed. ` +
        `Start the run again at an hour when nobody works in the HR system; when it stays so, "${keyField}" is no field by ` +
        'which the rows can be sorted, and the source needs another key field.',
    );
  }
}

/** The interface answers, and gives not a single row: never a reason to remove everybody. */
export class SourceWithoutRows extends SourceError {
  readonly retryable = false;
  constructor(address: string, what: string) {
    super(
      `${address} gives no rows of ${what}. ${NOTHING} Check its filter, the filter of the source, and what the token is ` +
        'allowed to see.',
    );
  }
}
