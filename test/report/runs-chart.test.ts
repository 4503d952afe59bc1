import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runsChart, scaleOf, type ChartedRun } from '../../src/report/runs-chart.js';
import { STARTED } from './builders.js';

const OPTIONS = { timeZone: 'Europe/Amsterdam', width: 80 };

function aRun(run: Partial<ChartedRun> = {}): ChartedRun {
  const rest = { number: 1, kind: 'live', status: 'done', startedAt: STARTED, milliseconds: 1_000 } as const;
  const { planned = 10, failed = 0, held = 0 } = run;
  return { ...rest, planned, failed, held, done: planned - failed - held, ...run };
}

const count = (line: string | undefined, letter: string): number => (line ?? '').split(letter).length - 1;

describe('the chart of runs', () => {
  test('has a bar for each run, as long as its changes', () => {
    const [one, two] = runsChart([aRun({ planned: 10 }), aRun({ number: 2, planned: 20 })], OPTIONS).split('\n');
    expect(Math.abs(count(two, '█') - 2 * count(one, '█'))).toBeLessThanOrEqual(1);
    expect(two).toMatch(/^ +2 {2}2026-03-02 05:30 {2}live █+ 20, 1\.0 s$/);
  });

  test('tells what failed and what is held apart from what was done', () => {
    const [line] = runsChart([aRun({ planned: 1_000, failed: 1, held: 400, status: 'waiting' })], OPTIONS).split('\n');
    expect(count(line, '▓')).toBe(1);
    expect(count(line, '▒')).toBeGreaterThan(count(line, '▓'));
    expect(count(line, '█')).toBeGreaterThan(count(line, '▒'));
    expect(line).toContain('1,000, 1 failed, 400 held, waiting for a decision, 1.0 s');
  });

  test('cuts off a first run that would make all others invisible', () => {
    const runs = [aRun({ planned: 60_000 }), aRun({ planned: 120 }), aRun({ planned: 60 })];
    const [first, second, , legend] = runsChart(runs, OPTIONS).split('\n');
    expect(first).toContain('» 60,000');
    expect(count(second, '█')).toBeGreaterThan(20);
    expect(legend).toContain('the full width is 120 changes');
    expect(scaleOf([60, 70, 65])).toBe(70);
    expect(scaleOf([3, 80])).toBe(80);
  });

  test('shows a quiet day as no bar, and a dry run as a faint one', () => {
    const [quiet, dry] = runsChart([aRun({ planned: 0 }), aRun({ kind: 'dry', done: 0 })], OPTIONS).split('\n');
    expect(quiet).not.toMatch(/[█▓▒░]/);
    expect(dry).toMatch(/dry {2}░+ 10/);
  });

  test('never has a line of another width than the others, whatever the runs were', () => {
    const amount = fc.nat({ max: 2_000_000 });
    const runs = fc.array(fc.record({ done: amount, failed: amount, held: amount, rest: amount }), { minLength: 1 });
    fc.assert(
      fc.property(runs, fc.integer({ min: 40, max: 200 }), (all, width) => {
        const charted = all.map(({ rest, ...run }) => ({
          ...aRun(),
          ...run,
          planned: run.done + run.failed + run.held + rest,
        }));
        const lines = runsChart(charted, { ...OPTIONS, width })
          .split('\n')
          .slice(0, -1);
        const starts = lines.map((line) => line.search(/ [\d,]+(, | not|$)/));
        expect(lines).toHaveLength(all.length);
        expect(new Set(starts).size).toBe(1);
      }),
    );
  });
});
