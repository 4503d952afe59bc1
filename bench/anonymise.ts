import { createHash } from 'node:crypto';
import { Disguise } from '../src/anonymise/disguise.js';
import { planDisguise } from '../src/anonymise/plan/plan.js';
import { parseMapping } from '../src/sync/mapping/parse.js';
import type { Figure } from './results.js';
import { COLUMNS, recordsOf } from './roster.js';

export const anonymiseFigures = ['anonymise-1m', 'anonymise-1m-memory', 'anonymise-1m-growth'];

const PEOPLE = 1_000_000;
const KEY = createHash('sha256').update('the key of the bench').digest();

/** Names, addresses, numbers and days, rules about ids and days, and managers' ids. */
const MAPPING = `
format: 1
externalId: WorkerID
active: WorkerStatus == "Active" and externalId >= 100
columns:
  givenName: FirstName
  familyName: LastName
  email: Email
  telephoneNumber: { column: Phone, phone: NL }
  jobTitle: JobTitle
  preferredLanguage: Language
startDate: { column: HireDate }
groups:
  - businessUnit: { column: Location }
  - department: { column: Department }
  - topic: { name: Managers }
    when: Manager == externalId or startsWith(externalId, "0009")
invitations:
  - audience: email
  - audience: letter
exceptions:
  - externalIds: [00004711]
    leaveAlone: true
options: { createMissingGroups: true }
`;

/** A million records in one pass, beside what one keyed hash a record takes: nothing can be keyed in less. */
export async function measureAnonymise(): Promise<readonly Figure[]> {
  const parsed = parseMapping(MAPPING);
  if ('problems' in parsed) throw new Error('The mapping of the bench has problems.');
  const disguise = new Disguise(planDisguise(parsed.mapping, COLUMNS), KEY, {
    locale: 'nl',
    country: 'NL',
    today: '2026-11-30',
  });
  const before = process.memoryUsage().rss;
  let [mostOfHalf, most] = [0, 0];
  const measured = secondsOver(
    (fields) => {
      disguise.row(fields);
    },
    (row) => {
      most = Math.max(most, process.memoryUsage().rss - before);
      if (row <= PEOPLE / 2) mostOfHalf = most;
    },
  );
  const floor = secondsOver((fields) =>
    createHash('sha256')
      .update(KEY)
      .update(fields['WorkerID'] ?? '')
      .digest(),
  );
  return [
    {
      ...{ name: 'anonymise-1m', unit: 's', measured: [measured] },
      floor: { is: 'one keyed hash a record', measured: [floor] },
      goal: { text: 'under 60 s', isHeld: (value) => value < 60 },
    },
    {
      ...{ name: 'anonymise-1m-memory', unit: 'MiB', measured: [most / 2 ** 20] },
      goal: { text: 'under 256 MiB more than before', isHeld: (value) => value < 256 },
    },
    {
      ...{ name: 'anonymise-1m-growth', unit: 'MiB', measured: [(most - mostOfHalf) / 2 ** 20] },
      goal: { text: 'the second half takes under 16 MiB more', isHeld: (value) => value < 16 },
    },
  ];
}

function secondsOver(
  work: (fields: Readonly<Record<string, string>>) => void,
  look = (_row: number): unknown => undefined,
): number {
  const start = performance.now();
  for (const { row, fields } of recordsOf({ people: PEOPLE, day: 0 })) {
    if (fields !== null) work(fields);
    if (row % 10_000 === 0) look(row);
  }
  return (performance.now() - start) / 1000;
}
