import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { compileExpression } from '../src/sync/expression/compile.js';
import { recordsOf } from './roster.js';
import type { Figure } from './results.js';

export const expressionFigures = ['expression-1m'];

const EVALUATIONS = 1_000_000;
const RUNS = 5;

/** The longest example of docs/mapping.md, evaluated on a thousand different rows, beside one comparison as a plain function. */
export async function measureExpression(): Promise<readonly Figure[]> {
  const { source, fields } = longestExample();
  const names = new Map([
    ['externalId', 'Employee ID'],
    ['internal.status', 'Status'],
  ]);
  const { evaluate } = compileExpression(source, { columns: null, names });
  const rows = [...recordsOf({ people: 1_000, day: 0 })].map(({ fields: row }, index) => ({
    ...fields,
    'Employee ID': row?.['WorkerID'] ?? '',
    ...(index % 2 === 0 ? { Division: 'WR' } : { Division: 'WW' }),
  }));
  const byHand = (row: (typeof rows)[number]) => row.Division === 'WR';
  const measured: number[] = [];
  const floor: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    measured.push(secondsOf(() => repeat(rows, evaluate)));
    floor.push(secondsOf(() => repeat(rows, byHand)));
  }
  return [
    {
      ...{ name: 'expression-1m', unit: 's', measured },
      floor: { is: 'one comparison, written as a function', measured: floor },
      goal: { text: 'under 1 s', isHeld: (value) => value < 1 },
    },
  ];
}

function repeat<Row>(rows: readonly Row[], test: (row: Row) => boolean): number {
  let held = 0;
  for (let done = 0; done < EVALUATIONS; done += rows.length) for (const row of rows) if (test(row)) held += 1;
  return held;
}

function secondsOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function longestExample() {
  const text = readFileSync(new URL('../docs/mapping.md', import.meta.url), 'utf8');
  const [, part = ''] = text.split('<!-- examples:');
  const sources = [...part.matchAll(/^\| `([^`]+)`\s+\|[^|]*\| (?:yes|no)/gm)].map(([, source = '']) => source);
  const record = /```json\n([\s\S]*?)```/.exec(part)?.[1] ?? '{}';
  const source = sources.reduce((longest, next) => (next.length > longest.length ? next : longest), '');
  return { source, fields: z.record(z.string(), z.string()).parse(JSON.parse(record)) };
}
