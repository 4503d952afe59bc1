import type { RateBudget } from '../budget.js';
import { toEid, type Eid } from '../../sync/ids.js';

/** One request as it went, for metrics. `call` is a pattern and never holds a value; `status` is null without an answer. */
export interface Observation {
  readonly call: string;
  readonly status: number | null;
  readonly ms: number;
}

/** What the adapter must be told about one network. Times are in milliseconds. */
export interface SpeakapSettings {
  /** `https://api.speakap.io`; a path in front of `/networks` is kept. */
  readonly apiBase: string;
  readonly networkEid: string;
  readonly appEid: string;
  readonly appSecret: string;
  readonly scimToken: string;
  /** Default `{apiBase}/networks/{networkEid}/scim/v2` (assumed). */
  readonly scimBase?: string;
  /** The version that `Accept` asks for. Default `1.8.2`. */
  readonly apiVersion?: string;
  /** The network's allowed rate. Default: no limit. */
  readonly requestsPerSecond?: number;
  /** Where all who ask this network share its rate. Without it the rate is this object's alone. */
  readonly budget?: RateBudget;
  /** How long one answer may take, its body included. Default 30,000. */
  readonly timeoutMs?: number;
  /** A Retry-After up to this is waited for inside, a longer one is thrown as `RateLimited`. Default 10,000. */
  readonly maxWaitMs?: number;
  /** How long an accepted change (202) may take until it can be read. Default 30,000. */
  readonly visibleWithinMs?: number;
  /** How often a call that may be repeated is tried in all. Default 4. */
  readonly maxAttempts?: number;
  /** Connections, and so requests in flight. Default 32. */
  readonly connections?: number;
  /** What a topic group that the sync creates becomes. Default `private`: seen by all, joined by invitation or by the sync. */
  readonly topicGroupType?: 'public' | 'restricted' | 'private' | 'secret';
  /** Ends every waiting and running call with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onRequest?: (observation: Observation) => void;
}

export type Resolved = Required<
  Omit<SpeakapSettings, 'signal' | 'onRequest' | 'networkEid' | 'requestsPerSecond' | 'budget'>
> & {
  readonly networkEid: Eid;
  readonly requestsPerSecond: number | null;
  readonly budget: RateBudget | null;
  readonly onRequest: (observation: Observation) => void;
};

/** @throws RangeError or TypeError (`Invalid URL`) when a setting makes no sense. */
export function resolve(settings: SpeakapSettings): Resolved {
  const networkEid = toEid(settings.networkEid);
  const apiBase = baseUrl('apiBase', settings.apiBase);
  return {
    apiVersion: '1.8.2',
    timeoutMs: 30_000,
    maxWaitMs: 10_000,
    visibleWithinMs: 30_000,
    maxAttempts: 4,
    connections: 32,
    topicGroupType: 'private',
    ...withoutAbsent(settings),
    requestsPerSecond: positiveOrNull(settings.requestsPerSecond),
    budget: settings.budget ?? null,
    onRequest: settings.onRequest ?? (() => undefined),
    apiBase,
    networkEid,
    scimBase: baseUrl('scimBase', settings.scimBase ?? `${apiBase}/networks/${networkEid}/scim/v2`),
  };
}

function withoutAbsent(settings: SpeakapSettings): SpeakapSettings {
  const present = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(present) };
}

function baseUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new RangeError(`The setting ${name} must be an http or https address.`);
  }
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

function positiveOrNull(rate: number | undefined): number | null {
  if (rate === undefined) return null;
  if (!(rate > 0)) throw new RangeError('The setting requestsPerSecond must be greater than 0.');
  return rate;
}
