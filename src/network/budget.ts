/** The one rate budget of a network, where everybody who asks the network sees it. Times are in milliseconds. */
export interface RateBudget {
  /** Takes the next slots that are free, one every `everyMs`; one slot is for one request. */
  reserve(slots: number, everyMs: number): Promise<Reserved>;
  /** The network asked for a pause: no slot that is reserved from now on begins before it is over. */
  pause(ms: number): Promise<void>;
}

export interface Reserved {
  /** From the answer on, until the first slot; never negative. */
  readonly inMs: number;
  /** What is left of a pause that the network asked somebody for; 0 when there is none. */
  readonly pausedMs: number;
}
