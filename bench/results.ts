import { renderTable } from '../src/report/table.js';

/** One figure. `ratio` is value by floor, `floorIs` says what the floor is. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor: number | null;
  readonly ratio: number | null;
  readonly floorIs: string;
  /** What the project promises of it, and whether it is held; null where nothing is promised. */
  readonly goal: { readonly text: string; readonly isHeld: boolean } | null;
  /** The single measurements of which `value` is the median. */
  readonly measured: readonly number[];
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly measured: readonly number[];
  readonly floor?: { readonly is: string; readonly measured: readonly number[] };
  readonly goal?: { readonly text: string; isHeld(value: number, ratio: number): boolean };
}

export function toResult({ name, unit, measured, floor, goal }: Figure): Result {
  const value = rounded(median(measured));
  const floorValue = floor === undefined ? null : rounded(median(floor.measured));
  const ratio = floorValue === null || floorValue === 0 ? null : rounded(value / floorValue);
  return {
    ...{ name, value, unit, floor: floorValue, ratio },
    floorIs: floor?.is ?? '',
    goal: goal === undefined ? null : { text: goal.text, isHeld: goal.isHeld(value, ratio ?? 0) },
    measured: measured.map(rounded),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function resultTable(results: readonly Result[]): string {
  return renderTable(
    { head: ['name', 'value', 'unit', 'floor', 'ratio', 'the floor is', 'goal'], right: [1, 3, 4], widths: { 5: 34 } },
    results.map(({ name, value, unit, floor, ratio, floorIs, goal }) => [
      ...[name, shown(value), unit, floor === null ? '' : shown(floor), ratio === null ? '' : shown(ratio), floorIs],
      goal === null ? '' : `${goal.isHeld ? 'held' : 'MISSED'}: ${goal.text}`,
    ]),
  );
}

function shown(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 3 : 0 });
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
