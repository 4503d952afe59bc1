import type { Figure } from './results.js';

/**
 * `user-sync.py` of Adobe, plan only, 100,000 people against a stub on the same machine: 2 cores with nothing else to do. It plans
 * from CSV to a list of what it would do, and keeps neither.
 */
export const ADOBE_SECONDS = 6.1;

export const STEPS = ['parse', 'diff', 'map', 'plan'] as const;
export type StepSeconds = Readonly<Record<(typeof STEPS)[number], number>>;

/** The steps of a plan by themselves: what they cost when every row of the file goes through them. */
export function stepFigures(size: string, runs: readonly StepSeconds[], people: number): readonly Figure[] {
  return STEPS.flatMap((step) =>
    withRate({ name: `step-${size}-${step}`, measured: runs.map((seconds) => seconds[step]) }, people),
  );
}

/** Seconds, and records a second. */
export function withRate(figure: Omit<Figure, 'unit'>, people: number): readonly Figure[] {
  return [
    { ...figure, unit: 's' },
    {
      ...{ name: `${figure.name}-rate`, unit: 'records/s' },
      measured: figure.measured.map((seconds) => people / seconds),
    },
  ];
}
