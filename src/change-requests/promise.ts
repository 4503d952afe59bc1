import type { Size } from './classify.js';

/** `date`: a date is agreed. `done`: the change is in the network, checked. */
export type PromiseKind = 'date' | 'done';

/** A time in which it waits for the customer, and no hour counts. Instants. */
export interface Pause {
  readonly from: string;
  to: string | null;
  readonly reason: string;
}

/** What decides about promises. */
export interface PromiseFacts {
  readonly filed: { readonly at: string };
  readonly classification: { readonly size: Size };
  readonly pauses: readonly Pause[];
  readonly agreement: {
    readonly dueAt: string;
    readonly agreed: { readonly at: string } | null;
  } | null;
}

/** A promise that is still to be kept. */
export interface OpenPromise {
  readonly promise: PromiseKind;
  /** `48 hours`, `14 days`, `the agreed date` */
  readonly words: string;
  /** Instants; while it waits for the customer they move on with the clock. */
  readonly dueAt: string;
  /** Three quarters of the time are over. */
  readonly warnAt: string;
}

const HOUR_MS = 3_600_000;
export const WITHIN_48_HOURS_MS = 48 * HOUR_MS;
export const WITHIN_14_DAYS_MS = 14 * 24 * HOUR_MS;
const WARNED_AT = 0.75;

/**
 * What is promised (timeline, last part): 48 hours for what is small; for what is structural a date within 48 hours and the
 * change within 14 days, or by the date that was agreed. Hours are hours, nights and weekends included; those in which the
 * customer is waited for do not count. `now`: instant.
 */
export function openPromises(facts: PromiseFacts, now: string): readonly OpenPromise[] {
  const { filed, classification, agreement } = facts;
  const since = (start: string, length: number, promise: PromiseKind, words: string): OpenPromise => ({
    ...{ promise, words },
    dueAt: later(start, length + pausedMs(facts.pauses, start, now)),
    warnAt: later(start, length * WARNED_AT + pausedMs(facts.pauses, start, now)),
  });
  if (classification.size === 'small') return [since(filed.at, WITHIN_48_HOURS_MS, 'done', '48 hours')];
  if (agreement !== null && agreement.agreed !== null) {
    const { at } = agreement.agreed;
    return [since(at, Math.max(0, Date.parse(agreement.dueAt) - Date.parse(at)), 'done', 'the agreed date')];
  }
  return [
    since(filed.at, WITHIN_48_HOURS_MS, 'date', 'a date within 48 hours'),
    since(filed.at, WITHIN_14_DAYS_MS, 'done', '14 days'),
  ];
}

/** The last instant at which a structural change may be done, as of now. */
export function latestEnd(facts: PromiseFacts, now: string): string {
  return later(facts.filed.at, WITHIN_14_DAYS_MS + pausedMs(facts.pauses, facts.filed.at, now));
}

/** Milliseconds between two instants in which the customer was waited for. */
export function pausedMs(pauses: readonly Pause[], from: string, until: string): number {
  return pauses.reduce((sum, pause) => {
    const begins = Math.max(Date.parse(pause.from), Date.parse(from));
    const ends = Math.min(pause.to === null ? Infinity : Date.parse(pause.to), Date.parse(until));
    return sum + Math.max(0, ends - begins);
  }, 0);
}

export function isPaused({ pauses }: Pick<PromiseFacts, 'pauses'>): boolean {
  return pauses.at(-1)?.to === null;
}

/** Begins or ends the pause, as the customer is waited for or not; answers whether that is new. */
export function keepPause(pauses: Pause[], reason: string | null, now: string): 'paused' | 'resumed' | null {
  const last = pauses.at(-1);
  if (reason !== null && (last === undefined || last.to !== null)) {
    pauses.push({ from: now, to: null, reason });
    return 'paused';
  }
  if (reason === null && last !== undefined && last.to === null) {
    last.to = now;
    return 'resumed';
  }
  return null;
}

/** What has to be said at an instant about promises, each once: `done/48 hours/warning`. */
export interface ClockNews {
  readonly key: string;
  readonly kind: 'warning' | 'breach';
  readonly promise: OpenPromise;
}

/** Nothing is said while the customer is waited for: the clock stands still. */
export function clockNews(
  facts: PromiseFacts & { readonly told: readonly string[] },
  now: string,
): readonly ClockNews[] {
  if (isPaused(facts)) return [];
  return openPromises(facts, now).flatMap((promise) => {
    const kind = promise.dueAt <= now ? 'breach' : promise.warnAt <= now ? 'warning' : null;
    if (kind === null) return [];
    const key = keyOf(promise, kind);
    return facts.told.includes(key) ? [] : [{ key, kind, promise }];
  });
}

/** When there is something to be said next; null while the clock stands still, or nothing is left. */
export function nextClockMoment(
  facts: PromiseFacts & { readonly told: readonly string[] },
  now: string,
): { readonly at: string; readonly summary: string } | null {
  if (isPaused(facts)) return null;
  const moments = openPromises(facts, now).flatMap((promise) => [
    { at: promise.warnAt, key: keyOf(promise, 'warning'), summary: `three quarters of ${promise.words}` },
    { at: promise.dueAt, key: keyOf(promise, 'breach'), summary: `the end of ${promise.words}` },
  ]);
  const open = moments.filter(({ at, key }) => at > now && !facts.told.includes(key));
  return open.toSorted((one, other) => (one.at < other.at ? -1 : 1))[0] ?? null;
}

function keyOf({ promise, words }: OpenPromise, kind: ClockNews['kind']): string {
  return `${promise}/${words}/${kind}`;
}

function later(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}
