import { describe, expect, test } from 'vitest';
import { countByKind } from '../../src/report/kind-counts.js';
import { summarise } from '../../src/report/run-counts.js';
import { summaryTable } from '../../src/report/summary-table.js';
import { aCount, STARTED, theFacts } from './builders.js';

describe('the table of a run', () => {
  test('counts what a live run did, and not what was only planned', () => {
    const counts = [aCount('create', 'done', 380), aCount('create', 'failed', 3), aCount('invite', 'done', 380)];
    expect(summarise(counts, theFacts())).toMatchObject({
      created: 380,
      invited: 380,
      failed: 3,
      active: 380,
      read: 1000,
    });
  });

  test('counts what a dry run would do, without what a guard holds', () => {
    const counts = [aCount('create', 'planned', 5), aCount('suspend', 'held', 60)];
    const summary = summarise(counts, theFacts({ kind: 'dry', managed: 383 }));
    expect(summary).toMatchObject({ created: 5, suspended: 0, held: 60, active: 388 });
  });

  test('knows who is active afterwards: managed before, plus created and restored, minus suspended', () => {
    const counts = [aCount('create', 'done', 4), aCount('restore', 'done', 1), aCount('suspend', 'done', 3)];
    expect(summarise(counts, theFacts({ managed: 383 })).active).toBe(385);
  });

  test('says nothing of people where nothing was planned, and of time while the run goes on', () => {
    const summary = summarise([], theFacts({ managed: null, endedAt: null }));
    expect(summary.active).toBeNull();
    expect(summary.milliseconds).toBeNull();
  });

  test('sets runs side by side', () => {
    const dayOne = summarise([aCount('create', 'done', 383)], theFacts());
    const dayTwo = summarise([aCount('join', 'done', 1234)], theFacts({ managed: 383, endedAt: STARTED }));
    const table = summaryTable([
      { title: 'day 1', counts: dayOne },
      { title: 'day 2', counts: dayTwo },
    ]);
    expect(table).toMatch(/day 1.*day 2/);
    expect(table).toMatch(/read .*1,000.*1,000/);
    expect(table).toMatch(/created .*383.*0/);
    expect(table).toMatch(/joined .*0.*1,234/);
    expect(table).toMatch(/time .*12\.3 s.*0 ms/);
  });

  test('keeps kinds in the order in which they are applied, with all that became of them', () => {
    const counts = [aCount('create', 'done', 2), aCount('create', 'skipped', 1), aCount('suspend', 'refused', 4)];
    const none = { done: 0, failed: 0, skipped: 0, held: 0, refused: 0, expired: 0 };
    expect(countByKind(counts)).toEqual([
      { ...none, kind: 'create', planned: 3, done: 2, skipped: 1 },
      { ...none, kind: 'suspend', planned: 4, refused: 4 },
    ]);
  });
});
