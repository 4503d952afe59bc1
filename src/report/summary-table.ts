import { plain, type Paint } from './paint.js';
import type { RunCounts } from './run-counts.js';
import { renderTable } from './table.js';
import { durationWords, numberWords } from './words.js';

export interface SummaryColumn {
  /** `day 1` */
  readonly title: string;
  readonly counts: RunCounts;
}

/** Runs side by side: one row for each word, one column for each run. */
export function summaryTable(columns: readonly SummaryColumn[], paint: Paint = plain): string {
  const rows = summaryWords().map(([word, valueOf]) => [word, ...columns.map(({ counts }) => valueOf(counts))]);
  const head = ['', ...columns.map(({ title }) => title)];
  const right = columns.map((_, index) => index + 1);
  return renderTable({ head, right, mark: (row) => (isAlarm(row) ? paint.attention : null) }, rows, paint);
}

type Value = (counts: RunCounts) => string;

/** The words of the table, in the order in which things happen. */
export function summaryWords(): readonly (readonly [string, Value])[] {
  const count = (word: keyof RunCounts): readonly [string, Value] => [word, (counts) => numberWords(counts[word])];
  return [...WORDS.map(count), ['time', ({ milliseconds }) => durationWords(milliseconds)]];
}

const WORDS = [
  'read',
  'active',
  'groups',
  'created',
  'invited',
  'joined',
  'roles',
  'updated',
  'left',
  'suspended',
  'restored',
  'held',
  'failed',
] as const satisfies readonly (keyof RunCounts)[];

function isAlarm([word, ...values]: readonly string[]): boolean {
  return (word === 'held' || word === 'failed') && values.some((value) => value !== '0' && value !== '-');
}
