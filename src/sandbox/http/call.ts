import type { Accepted } from './accept.js';
import type { Form } from './form.js';
import type { Query } from './query.js';
import type { Effect } from '../state/effects.js';
import type { Eid, Permission } from '../state/entities.js';
import type { NetworkState } from '../state/network-state.js';
import type { World } from '../state/world.js';

/** One request that passed every check that does not depend on its endpoint. */
export interface Call {
  readonly world: World;
  readonly network: NetworkState;
  /** EIDs (or a role key, or a SCIM id) in the path, in their order. */
  readonly parameters: readonly string[];
  readonly query: Query;
  readonly accepted: Accepted;
  /** Without parameters: `application/json`. */
  readonly contentType: string;
  readonly body: string;
  readonly form: Form;
  /** Writes the journal, then changes the state: all effects or none. */
  commit(effects: readonly Effect[]): void;
  /** @throws Refusal 403. */
  need(permission: Permission): void;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** After `/networks/{net}`. */
  readonly pattern: string;
  readonly body?: 'json' | 'form' | 'form_or_json';
  readonly permission?: Permission;
  readonly query?: readonly string[];
  /** Takes embed, properties and paging. */
  readonly view?: true;
  readonly handle: (call: Call) => Answer;
}

export function feedback201(status: string, eid: Eid, uri: string): Answer {
  return { status: 201, body: { EID: eid, status, uri } };
}

/** Accepted, and done a moment later: no EID, only the time by which it should be complete. */
export function feedback202(status: string, call: Call, delayMs = 0): Answer {
  return { status: 202, body: { ETC: new Date(call.world.now() + delayMs).toISOString(), status } };
}

export function feedback200(status: string): Answer {
  return { status: 200, body: { status } };
}
