import type { GroupRef } from '../../src/sync/group.js';
import { eid, NET } from './server.js';

/** Answers as Speakap's documents print them. */

export function aUser(number: number, members: object = {}): object {
  return { EID: eid(number), type: 'user', XID: String(number).padStart(7, '0'), ...members };
}

export function aGroup(number: number, groupType: string, name: string, parent?: number): object {
  const href = (of: number) => ({ href: `/networks/${NET}/groups/${eid(of)}/` });
  const links = { self: href(number), ...(parent !== undefined && { parent: href(parent) }) };
  return { EID: eid(number), type: 'group', groupType, name, hidden: false, _links: links };
}

export function aMembership(number: number, user: number, role: string, rev: 'network' | 'group' = 'network'): object {
  const href = (path: string) => ({ href: `https://api.speakap.io/networks/${NET}/${path}/` });
  return {
    EID: eid(number),
    rev,
    role,
    since: '2026-04-11T13:35:07.123+01:00',
    _links: { self: href(`memberships/${eid(number)}`), user: href(`users/${eid(user)}`) },
  };
}

export function halCollection(relation: string, items: readonly object[]): object {
  return { _links: { [relation]: items.map(() => ({ href: '/' })) }, _embedded: { [relation]: items } };
}

export const bakery: GroupRef = { kind: 'business_unit', name: 'Bakery' };
