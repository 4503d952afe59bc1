import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunPlanner } from '../../src/activities/run-planner.js';
import type { DuePerson } from '../../src/store/plans.js';
import { groupKey } from '../../src/sync/group.js';
import { toXid } from '../../src/sync/ids.js';
import { aCompiledMapping, ANN, KORENAAR } from './builders.js';

const mapping = aCompiledMapping(
  `${KORENAAR}startDate: { column: Start }\nleaveDate: { column: Leave }\nguards:\n  missing: { snapshots: 2, days: 3, leaveGroups: { snapshots: 2 } }\n`,
);

const cell = (...values: string[]) => fc.constantFrom(...values);
const fields = fc
  .record({
    Status: cell('Active', 'Left'),
    Job: cell('Baker', 'Manager', 'CEO', 'Planner', ''),
    Store: cell('North', 'South', ''),
    Department: cell('Bakery', 'Sales', ''),
    Mail: cell('a@people.example', ''),
    Start: cell('', '2026-11-01', '2026-12-24', 'soon'),
    Leave: cell('', '2026-11-01', '2026-12-24'),
  })
  .map((cells) => ({ ...ANN, ...cells }));
const north = { kind: 'business_unit', name: 'North' } as const;
const memberships = { [groupKey(north)]: { group: north, role: 'member' } };
const written = { userName: 'x', profile: {}, audience: 'email', networkRole: 'member', memberships } as const;
const link = fc.option(
  fc.record({
    state: fc.constantFrom('creating' as const, 'active' as const, 'suspended' as const),
    written: fc.constant(written),
    invited: fc.boolean(),
    missingSince: fc.constantFrom(null, '2026-11-20T00:00:00Z', '2026-11-29T00:00:00Z'),
    missingSnapshots: fc.nat(3),
  }),
  { nil: null },
);
const person = fc.record({ rows: fc.array(fc.option(fields, { nil: null }), { maxLength: 3 }), link });
const people = fc
  .array(person, { maxLength: 12 })
  .map((all) => all.map((each, index): DuePerson => ({ ...each, ...named(index, each.rows) })));

function named(index: number, rows: readonly (Readonly<Record<string, string>> | null)[]) {
  const xid = toXid(`000${index + 1}`);
  return { xid, rows: rows.map((cells, row) => ({ row: row + 2, fields: cells && { ...cells, Id: xid } })) };
}

function planner(): RunPlanner {
  return new RunPlanner({
    ...{ mapping, existing: new Set<never>(), rowsWithoutId: 0, unknownXids: new Set<never>(), seal: () => 'sealed' },
    ...{ now: new Date('2026-11-30T05:30:00Z'), today: '2026-11-30' },
  });
}

test("a person's changes never depend on another person's record", () => {
  fc.assert(
    fc.property(people, (all) => {
      const together = planner().examine(all);
      const alone = all.map((each) => planner().examine([each]));
      expect(together).toEqual({
        changes: alone.flatMap(({ changes }) => changes),
        warnings: alone.flatMap(({ warnings }) => warnings),
        waits: alone.flatMap(({ waits }) => waits),
        examined: all.length,
      });
    }),
  );
});
