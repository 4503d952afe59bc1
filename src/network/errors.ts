/**
 * What can go wrong between us and a network. Every error says whether the call may have had its effect, which decides
 * whether it is repeated, looked up first, or given to a person. Messages hold method and path pattern, never a value.
 */
export abstract class NetworkError extends Error {
  /** `no`: surely without effect; `unknown`: the answer was lost. */
  readonly effect: 'no' | 'unknown' = 'no';
  constructor(
    /** `POST /networks/{net}/invite` */
    readonly call: string,
    message: string,
    readonly status: number | null = null,
    /** Speakap's error code, `-17`. */
    readonly code: number | null = null,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** 401, -2: the token is wrong or was revoked. */
export class Unauthorised extends NetworkError {}
/** 403: a permission is missing, so everybody would meet the same. One that is about a single person is `Refused` or `Conflict`. */
export class Forbidden extends NetworkError {}
/** 403 with -22: the environment has no room for another network or account, whatever is asked for next. */
export class QuotaExceeded extends Forbidden {}
/** 404: network, group or person is gone. */
export class NotFound extends NetworkError {}
/** 409, and 403 with -15: something of this name, address or id exists already. */
export class Conflict extends NetworkError {}
/** 409 with -17: a group of this name exists already. Its EID is found with `groups()`. */
export class NameInUse extends Conflict {}
/** Other 4xx: the network refuses the request as it is. */
export class Refused extends NetworkError {}
/** 429. */
export class RateLimited extends NetworkError {
  constructor(
    call: string,
    message: string,
    readonly retryAfterMs: number,
  ) {
    super(call, message, 429);
  }
}
/** 5xx: the effect is unknown for writes. */
export class ServerError extends NetworkError {
  override readonly effect = 'unknown' as const;
}
/** No answer: refused, reset, or no answer in time. Where no connection was made, the effect is surely `no`. */
export class Unreachable extends NetworkError {
  override readonly effect: 'no' | 'unknown';
  constructor(
    call: string,
    message: string,
    readonly wasSent = true,
  ) {
    super(call, message);
    this.effect = wasSent ? 'unknown' : 'no';
  }
}
/** An answer that is not what the documents say. */
export class UnexpectedAnswer extends NetworkError {
  override readonly effect = 'unknown' as const;
}
