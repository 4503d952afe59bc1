import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { EmployeeRecord } from '../src/sync/record.js';
import { toXid } from '../src/sync/ids.js';

/** Of a thousand people, every day, so many leave, join and change their job. Together one per cent. */
const OF_A_THOUSAND = { leave: 3, join: 3, change: 4 };

export const COLUMNS = [
  ...['WorkerID', 'WorkerType', 'WorkerStatus', 'FirstName', 'LastName', 'Email', 'Phone', 'JobTitle'],
  ...['Department', 'Location', 'Region', 'CostCentre', 'Manager', 'HireDate', 'Language'],
] as const;

/** The mapping that goes with these rosters. */
export const MAPPING = `
format: 1
externalId: WorkerID
active: WorkerStatus == "Active"
columns:
  givenName: FirstName
  familyName: LastName
  email: Email
  jobTitle: JobTitle
groups:
  - businessUnit: { column: Location }
  - department: { column: Department }
roles:
  - target: businessUnit
    role: admin
    when: JobTitle == "Store manager"
invitations:
  - audience: email
options:
  createMissingGroups: true
guards:
  suspensions: { percent: 10, count: 1000000, floor: 2 }
  promotions: { percent: 100, count: 1000000, floor: 2 }
  demotions: { percent: 100, count: 1000000, floor: 2 }
  delivery: { repeated: accept }
`;

/** `all`: everybody has another job title on day 1, and nobody joins or leaves. */
export type Difference = 'one per cent' | 'all';

export interface Roster {
  readonly people: number;
  readonly day: 0 | 1;
  readonly difference?: Difference;
}

/** The people of a roster, in the order of the file, each as the cells of a row. Nothing is drawn by chance. */
export function* rowsOf({ people, day, difference = 'one per cent' }: Roster): Generator<readonly string[]> {
  for (let person = 1; person <= people; person += 1) {
    const fate = day === 0 ? 'stays' : fateOf(person, difference);
    if (fate === 'joins') yield cellsOf(people + person, 0);
    if (fate !== 'leaves') yield cellsOf(person, fate === 'changes' ? 1 : 0);
  }
}

/** The same as records, as they are read from the file. */
export function* recordsOf(roster: Roster): Generator<EmployeeRecord> {
  let row = 1;
  for (const cells of rowsOf(roster)) {
    const fields: Record<string, string> = {};
    for (const [index, column] of COLUMNS.entries()) fields[column] = cells[index] ?? '';
    yield { xid: toXid(fields['WorkerID'] ?? ''), row: ++row, fields };
  }
}

/** Writes the roster as an HR system does: comma, line ends of Windows, no quotes. */
export async function writeRoster(path: string, roster: Roster): Promise<void> {
  const file = createWriteStream(path);
  let lines: string[] = [COLUMNS.join(',')];
  for (const cells of rowsOf(roster)) {
    lines.push(cells.join(','));
    if (lines.length < 2_000) continue;
    if (!file.write(`${lines.join('\r\n')}\r\n`)) await once(file, 'drain');
    lines = [];
  }
  file.end(lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`);
  await once(file, 'close');
}

/** Who joins stands before somebody who stays, so that the file has no new end but is different all over. */
function fateOf(person: number, difference: Difference): 'stays' | 'joins' | 'leaves' | 'changes' {
  if (difference === 'all') return 'changes';
  const place = (person * 7919) % 1_000;
  const { leave, join, change } = OF_A_THOUSAND;
  if (place < leave) return 'leaves';
  if (place < leave + join) return 'joins';
  return place < leave + join + change ? 'changes' : 'stays';
}

const FIRST = ['Anna', 'Bram', 'Chloé', 'Daan', 'Emma', 'Finn', 'Grietje', 'Hidde', 'Iris', 'Jürgen', 'Katarzyna'];
const LAST = ['de Vries', 'Jansen', 'van den Berg', 'Bakker', 'Visser', 'Smit', 'Meijer', 'Mulder', 'Özdemir'];
const TITLES = ['Cashier', 'Shelf stacker', 'Baker', 'Butcher', 'Team leader', 'Logistics employee', 'Store manager'];

function cellsOf(person: number, version: number): readonly string[] {
  const first = FIRST[person % FIRST.length] ?? '';
  const last = LAST[person % LAST.length] ?? '';
  const title = TITLES[(person + version) % TITLES.length] ?? '';
  return [
    String(person).padStart(8, '0'),
    person % 9 === 0 ? 'Contractor' : 'Employee',
    'Active',
    ...[first, last, `person.${person}@the-customer-of-the-bench.example`],
    `+3120${String(person).padStart(7, '0')}`,
    title,
    `Department ${person % 12}`,
    `Store ${String(person % 90).padStart(3, '0')}`,
    ...[`Region ${person % 5}`, `CC-${String(person % 400).padStart(6, '0')}`],
    String((person % 5_000) + 1).padStart(8, '0'),
    `20${String(person % 24).padStart(2, '0')}-${String((person % 12) + 1).padStart(2, '0')}-01`,
    person % 3 === 0 ? 'nl-NL' : 'en-GB',
  ];
}
