import fc from 'fast-check';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import type { Outcome } from '../../src/sync/person.js';
import { compileMapping, type CompiledMapping } from '../../src/sync/mapping/compile.js';
import type { Mapping } from '../../src/sync/mapping/mapping.js';
import { parseMapping, renderProblem } from '../../src/sync/mapping/parse.js';
import { toXid, type Xid } from '../../src/sync/ids.js';
import type { EmployeeRecord, Fields } from '../../src/sync/record.js';
import { readRecords, type ReadOptions, type RecordReading } from '../../src/sync/records/read-records.js';

export const KORENAAR = `
format: 1
externalId: Id
active: Status == "Active"
columns:
  givenName: First
  familyName: Last
  jobTitle: Job
  email: Mail
groups:
  - businessUnit: { column: Store }
  - department: { column: Department }
  - localDepartment: { businessUnit: { column: Store }, department: { column: Department } }
  - topic: { name: Bakers }
    when: Job == "Baker"
roles:
  - target: network
    role: admin
    when: Job == "CEO"
  - target: businessUnit
    role: admin
    when: Job == "Manager"
  - target: businessUnit
    role: Planner
    when: includes(Job, "Plan") or Job == "Manager"
invitations:
  - audience: email
  - audience: letter
options:
  mergeDuplicates: true
  allowEmptyEmail: true
  createMissingGroups: true
`;

/** @throws Error with the problems, so that a test shows them. */
export function aMapping(text: string): Mapping {
  const parsed = parseMapping(text);
  if ('mapping' in parsed) return parsed.mapping;
  throw new Error(problemsOf(text).join('\n'));
}

export function aCompiledMapping(text = KORENAAR): CompiledMapping {
  return compileMapping(aMapping(text));
}

export function problemsOf(text: string): readonly string[] {
  const parsed = parseMapping(text);
  return 'problems' in parsed ? parsed.problems.map((problem) => renderProblem(problem, 'm.yaml')) : [];
}

export const ANN: Fields = {
  Id: '0004711',
  Status: 'Active',
  First: 'Ann',
  Last: 'Baker',
  Job: 'Baker',
  Mail: 'ann@example.com',
  Store: 'North',
  Department: 'Bakery',
};
export const ann: Xid = toXid(ANN['Id'] ?? '');

export function aRecord(fields: Partial<Record<string, string>> = {}, row = 2): EmployeeRecord {
  const all: Fields = {
    ...ANN,
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value ?? ''])),
  };
  return { xid: toXid(all['Id'] ?? ''), row, fields: all };
}

/** Reads a delivery that comes in pieces of the given size. */
export async function readAll(
  content: string | Buffer,
  { pieces = 7, ...options }: Partial<ReadOptions> & { readonly pieces?: number } = {},
): Promise<{ readonly records: readonly EmployeeRecord[]; readonly reading: RecordReading }> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const reading = readRecords(inPieces(bytes, pieces), { idColumn: 'Id', requiredColumns: [], ...options });
  const records: EmployeeRecord[] = [];
  for await (const chunk of reading) records.push(...chunk);
  return { records, reading };
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield await Promise.resolve(bytes.subarray(from, from + size));
}

/** What one person is, by `KORENAAR`. */
export function desired(mapping: CompiledMapping, fields: Parameters<typeof aRecord>[0] = {}): Outcome {
  return mapRows(mapping, ann, [aRecord(fields)]);
}

/** Anybody whom the rules of `KORENAAR` tell apart, active or gone. */
export function anyPerson(mapping: CompiledMapping): fc.Arbitrary<Outcome> {
  const cell = fc.constantFrom('', 'A', 'B', 'b', 'Manager', 'Planner', 'CEO');
  return fc
    .record({
      Status: fc.constantFrom('Active', 'Active', 'Gone'),
      First: cell,
      Job: cell,
      Store: cell,
      Department: cell,
      Mail: cell,
    })
    .map((fields) => desired(mapping, fields));
}
