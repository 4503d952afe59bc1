import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import type { NetworkReport } from '../../src/sandbox/control/report.js';

/** A person as the network should show it: all that can be compared, in plain text. */
export interface Expected {
  readonly xid: string;
  readonly name: string;
  readonly title: string;
  readonly phone: string;
  readonly networkRole: string;
  /** `business_unit Europe admin` */
  readonly groups: readonly string[];
}

export function woodgroveFile(name: string): Promise<Buffer> {
  return readFile(new URL(`../../examples/woodgrove/${name}`, import.meta.url));
}

/**
 * What a stranger makes of a Woodgrove file and its mapping: written from the mapping's words alone, person by person, and
 * sharing nothing with the engine.
 */
export async function expectedPeople(file: string): Promise<readonly Expected[]> {
  const text = (await woodgroveFile(file)).toString('utf8');
  const { data } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  });
  const active = data.filter((row) => row['WorkerStatus'] === 'Active');
  const ids = [...new Set(active.map((row) => row['WorkerID'] ?? ''))].sort();
  return ids.map((id) =>
    expectedPerson(
      id,
      active.filter((row) => row['WorkerID'] === id),
    ),
  );
}

function expectedPerson(xid: string, rows: readonly Record<string, string>[]): Expected {
  const first = [...rows].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))[0] ?? {};
  const groups = new Map<string, string>();
  for (const row of rows) {
    const [unit, department] = [row['Location'] ?? '', row['Department'] ?? ''];
    groups.set(`business_unit ${unit}`, 'member');
    groups.set(`department ${department}`, 'member');
    groups.set(`local_dept ${unit}/${department}`, 'member');
    if (row['JobTitle']?.includes('Manager') && row['WorkerType'] !== 'Intern')
      groups.set('private Managers', 'member');
  }
  for (const row of rows) {
    if (row['JobTitle'] === 'Director' && row['WorkerType'] === 'Employee') {
      groups.set(`business_unit ${row['Location'] ?? ''}`, 'admin');
    }
  }
  const isAdmin = rows.some((row) => row['JobTitle'] === 'Vice President' && row['Department'] === 'Human Resources');
  return {
    xid,
    name: `${first['FirstName']} ${first['LastName']}`,
    title: first['JobTitle'] ?? '',
    phone: first['OfficePhone'] ?? '',
    networkRole: isAdmin ? 'admin' : 'member',
    groups: [...groups].map(([group, role]) => `${group} ${role}`).sort(),
  };
}

/** The row as text, columns in alphabetical order. */
function canonical(row: Record<string, string>): string {
  return Object.keys(row)
    .sort()
    .map((column) => `${column}\u0000${row[column]}`)
    .join('\u0001');
}

/** The people that a network shows, in the same plain text. The first administrator of the network itself is left out. */
export function shownPeople(report: NetworkReport): readonly Expected[] {
  return report.people
    .filter(({ xid, active }) => xid !== null && active)
    .map(({ xid, profile, networkRole, groups }) => ({
      xid: xid ?? '',
      name: `${profile.givenName} ${profile.familyName}`,
      title: profile.title ?? '',
      phone: profile.phones[0]?.value ?? '',
      networkRole: keyOf(networkRole),
      groups: groups
        .map(({ groupType, parent, name, role }) => {
          const path = groupType === 'local_dept' ? `${parent}/${name}` : name;
          return `${groupType} ${path} ${keyOf(role)}`;
        })
        .sort(),
    }))
    .sort((a, b) => (a.xid < b.xid ? -1 : 1));
}

/** The sandbox reports roles by the names that people see. */
function keyOf(role: string | null): string {
  return role === 'Administrator' ? 'admin' : role === 'Member' ? 'member' : (role ?? '');
}
