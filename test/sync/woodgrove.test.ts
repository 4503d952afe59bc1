import { execFileSync } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { checkMapping } from '../../src/sync/mapping/check.js';
import { columnsRead, compileMapping } from '../../src/sync/mapping/compile.js';
import { afterChanges } from '../../src/sync/plan/after-changes.js';
import { groupsToCreate } from '../../src/sync/plan/groups-to-create.js';
import type { LinkState } from '../../src/sync/plan/link-state.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import type { PersonChange } from '../../src/sync/change.js';
import type { Xid } from '../../src/sync/ids.js';
import type { EmployeeRecord } from '../../src/sync/record.js';
import { readRecords } from '../../src/sync/records/read-records.js';
import { aMapping } from './builders.js';

const folder = new URL('../../examples/woodgrove/', import.meta.url);
const file = (name: string) => fileURLToPath(new URL(name, folder));
const mapping = aMapping(readFileSync(file('mapping.yaml'), 'utf8'));

async function rowsByXid(name: string) {
  const reading = readRecords(createReadStream(file(name)), {
    idColumn: mapping.externalId.column,
    requiredColumns: columnsRead(mapping),
  });
  const people = new Map<Xid, EmployeeRecord[]>();
  for await (const chunk of reading) {
    for (const record of chunk) people.set(record.xid, [...(people.get(record.xid) ?? []), record]);
  }
  return { people, columns: reading.summary.columns };
}

const ids = z.array(z.string());
const secondDay = z.object({
  joiners: ids,
  leavers: z.object({ missing: ids, inactive: ids }),
  movers: z.record(z.string(), z.string()),
});

type Links = ReadonlyMap<Xid, LinkState>;

async function sync(name: string, links: Links) {
  const { people, columns } = await rowsByXid(name);
  const compiled = compileMapping(mapping, columns);
  const changes: PersonChange[] = [];
  const after = new Map<Xid, LinkState>();
  for (const xid of new Set([...people.keys(), ...links.keys()])) {
    const rows = people.get(xid);
    const outcome = rows ? mapRows(compiled, xid, rows) : ({ kind: 'missing', xid } as const);
    const planned = planPerson({ outcome, link: links.get(xid) ?? null });
    const link = afterChanges(links.get(xid) ?? null, planned);
    if (link !== null) after.set(xid, link);
    changes.push(...planned);
  }
  return { changes, links: after, columns };
}

function counts(changes: readonly PersonChange[]): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { kind } of changes) found[kind] = (found[kind] ?? 0) + 1;
  return found;
}

describe('the sample customer', () => {
  let dayOne: Awaited<ReturnType<typeof sync>>;
  let dayTwo: Awaited<ReturnType<typeof sync>>;
  beforeAll(async () => {
    dayOne = await sync('day-1.csv', new Map());
    dayTwo = await sync('day-2.csv', dayOne.links);
  });

  it('has the repeated and mixed ids that make it a good test', async () => {
    const { people } = await rowsByXid('day-1.csv');
    const repeated = [...people.values()].filter((rows) => rows.length > 1);
    const mixed = repeated.filter((rows) => new Set(rows.map(({ fields }) => fields?.['WorkerStatus'])).size > 1);
    expect([people.size, repeated.length, mixed.length]).toEqual([624, 265, 162]);
  });

  it('has a mapping that fits its record', () => {
    expect(checkMapping(mapping, { columns: dayOne.columns, groups: [], roles: [] })).toEqual([]);
  });

  it('has 383 people on day 1', () => {
    expect(dayOne.links.size).toBe(383);
    expect(counts(dayOne.changes)).toEqual({ create: 383, join: 1_535, change_role: 30, invite: 383 });
    expect(groupsToCreate(dayOne.changes, new Set())).toHaveLength(4 + 6 + 24 + 1);
  });

  it('has few administrators of the network', () => {
    const admins = [...dayOne.links.values()].filter(({ written }) => written.networkRole === 'admin');
    expect(admins).toHaveLength(8);
  });

  it('everybody is invited by letter and has the id as user name', () => {
    for (const [xid, { written }] of dayOne.links)
      expect([written.audience, written.userName]).toEqual(['letter', xid]);
  });

  it('day 1 delivered again changes nothing', async () => {
    expect((await sync('day-1.csv', dayOne.links)).changes).toEqual([]);
  });

  it('day 2 changes exactly whom the script changed', () => {
    const made = secondDay.parse(JSON.parse(readFileSync(file('day-2.json'), 'utf8')));
    const leavers = [...made.leavers.missing, ...made.leavers.inactive];
    const touched = [...new Set(dayTwo.changes.map(({ xid }) => xid))].sort();
    expect(touched).toEqual([...made.joiners, ...leavers, ...Object.keys(made.movers)].sort());
    expect(
      dayTwo.changes
        .filter(({ kind }) => kind === 'suspend')
        .map(({ xid }) => xid)
        .sort(),
    ).toEqual(leavers.sort());
    expect(counts(dayTwo.changes)).toMatchObject({ create: 4, suspend: 4, update: 1, invite: 4 });
  });

  it('has a second day that the script makes from the first', () => {
    const script = JSON.stringify(new URL('../../scripts/make-second-day.mjs', import.meta.url).href);
    const code = `import(${script}).then(({ makeSecondDay }) => process.stdout.write(JSON.stringify(makeSecondDay(require('fs').readFileSync(0, 'utf8')))))`;
    const answer = execFileSync(process.execPath, ['-e', code], {
      input: readFileSync(file('day-1.csv')),
      encoding: 'utf8',
    });
    const made = z.object({ csv: z.string(), report: z.string() }).parse(JSON.parse(answer));
    expect(made.csv === readFileSync(file('day-2.csv'), 'utf8')).toBe(true);
    expect(made.report).toBe(readFileSync(file('day-2.json'), 'utf8'));
  });
});
