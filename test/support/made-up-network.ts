import type { NetworkReport } from '../../src/sandbox/control/report.js';
import type { MadeUpPerson } from './people.js';
import { csvOf } from './people.js';

/** A made-up person as the network should show it under `MAPPING`, and how often it was invited. */
export interface ShownPerson {
  readonly xid: string;
  readonly name: string;
  readonly title: string;
  readonly groups: readonly string[];
  readonly invitations: number;
}

/** What anybody computes from the record: everybody active once, in two groups, invited once. Shares nothing with the engine. */
export function expectedNetwork(people: readonly MadeUpPerson[]): readonly ShownPerson[] {
  const [, ...rows] = csvOf(people).trim().split('\r\n');
  return rows
    .map((row) => row.split(';'))
    .filter(([, , , , , , , status]) => status === 'Active')
    .map(([xid = '', first, last, , unit, department, title = '']) => ({
      xid,
      name: `${first} ${last}`,
      title,
      groups: [`business_unit ${unit}`, `department ${department}`],
      invitations: 1,
    }))
    .sort(byXid);
}

/** The same, of what the network shows now. Suspended people are left out. */
export function shownNetwork({ people, invitationsByAddress }: NetworkReport): readonly ShownPerson[] {
  return people
    .filter(({ xid, active }) => xid !== null && active)
    .map(({ xid, profile, groups }) => ({
      xid: xid ?? '',
      name: `${profile.givenName} ${profile.familyName}`,
      title: profile.title ?? '',
      groups: groups.map(({ groupType, name }) => `${groupType} ${name}`).sort(),
      invitations: invitationsByAddress[profile.email ?? ''] ?? 0,
    }))
    .sort(byXid);
}

function byXid(a: ShownPerson, b: ShownPerson): number {
  return a.xid < b.xid ? -1 : 1;
}
