import type { Call } from '../http/call.js';
import type { Query } from '../http/query.js';
import { invalidRequest } from '../http/refusal.js';
import { BUILT_IN_ROLES } from '../state/entities.js';

export type Test<T> = (item: T) => boolean;

/** Names for the administrator's role that the documents also use. */
const ROLE_ALIASES: Readonly<Record<string, string>> = { founder: 'admin', enterprise_admin: 'admin' };

/** Role keys and EIDs, separated by commas; null when the parameter is absent. */
export function parseRoles(call: Call, parameter: string): ReadonlySet<string> | null {
  const listed = call.query.list(parameter);
  if (listed === undefined) return null;
  return new Set(listed.map((text) => parseRole(call, parameter, text)));
}

function parseRole(call: Call, parameter: string, text: string): string {
  const key = ROLE_ALIASES[text] ?? text;
  if (key === 'wannabee' || BUILT_IN_ROLES.some((known) => known === key)) return key;
  const role = call.network.roles.get(text.toLowerCase());
  if (role === undefined) throw invalidRequest(`${parameter} names an unknown role`);
  return role.key ?? role.eid;
}

/** Every term occurs somewhere in the text. */
export function matchesTerms(terms: string, text: string): boolean {
  const folded = text.toLowerCase();
  return terms
    .toLowerCase()
    .split(/\s+/)
    .every((term) => folded.includes(term));
}

/** `modified_since` and date paging: after and before are exclusive, since and until inclusive. */
export function dateFilter<T>(query: Query, timeOf: (item: T) => string): readonly Test<T>[] {
  const tests: Test<T>[] = [];
  const add = (name: string, test: (time: number, limit: number) => boolean): void => {
    const limit = query.instant(name);
    if (limit !== undefined) tests.push((item) => test(Date.parse(timeOf(item)), limit));
  };
  add('modified_since', (time, limit) => time >= limit);
  add('date_after', (time, limit) => time > limit);
  add('date_before', (time, limit) => time < limit);
  add('date_since', (time, limit) => time >= limit);
  add('date_until', (time, limit) => time <= limit);
  return tests;
}
