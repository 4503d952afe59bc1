import { expect, it } from 'vitest';
import { UndoPlanner } from '../../src/activities/undo-planner.js';
import type { DuePerson } from '../../src/store/plans.js';
import { afterChanges } from '../../src/sync/plan/after-changes.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import { aCompiledMapping, ann, aRecord, desired, KORENAAR } from './builders.js';

const KEPT_OUT = `${KORENAAR}exceptions:\n  - externalIds: ["0004711"]\n    notInNetwork: true\n`;

/** Somebody whom a run suspended, by the mapping of today. */
function undo(text: string, rows: DuePerson['rows']) {
  const before = afterChanges(null, planPerson({ outcome: desired(aCompiledMapping()), link: null }));
  const done = planPerson({ outcome: { kind: 'missing', xid: ann }, link: before });
  const link = afterChanges(before, done);
  if (link === null) throw new Error('There is no account.');
  const facts = { userEid: null, isRestorable: true, wasThere: false, switchedSince: false };
  const planner = new UndoPlanner({
    undone: { id: 1, number: 12, groups: 0, people: new Map([[ann, { done, ...facts }]]) },
    ...{ mapping: aCompiledMapping(text), today: '2026-11-30', existing: new Set(), shown: new Map() },
  });
  const { changes, warnings } = planner.examine([
    { xid: ann, rows, link: { ...link, missingSince: null, missingSnapshots: 0 } },
  ]);
  return [changes.map(({ kind }) => kind), warnings.map(({ text: words }) => words)];
}

it('whom an exception keeps out of the network by now is not given back, whether rows name them or not, and is listed', () => {
  const words = ['An exception of the mapping keeps this person out of the network, so the account stays suspended.'];
  expect(undo(KEPT_OUT, [aRecord()])).toEqual([[], words]);
  expect(undo(KEPT_OUT, [])).toEqual([[], words]);
  expect(undo(KORENAAR, [aRecord()])).toEqual([['restore', 'invite'], []]);
});
