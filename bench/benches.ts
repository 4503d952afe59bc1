import { anonymiseFigures, measureAnonymise } from './anonymise.js';
import { applyFigures, measureApply } from './apply.js';
import { explainFigures, measureExplain } from './explain.js';
import { expressionFigures, measureExpression } from './expression.js';
import type { Place } from './place.js';
import { measurePlan, planFigures } from './plan.js';
import type { Figure } from './results.js';

/** A piece of the bench: what it measures, and how. */
export interface Bench {
  readonly title: string;
  readonly figures: readonly string[];
  run(place: Place): Promise<readonly Figure[]>;
}

export const BENCHES: readonly Bench[] = [
  {
    title: 'a million evaluations of the longest documented expression',
    figures: expressionFigures,
    run: measureExpression,
  },
  ...(['10k', '100k', '1m'] as const).map((size) => ({
    title: `from a file on disk to a plan: ${size} records`,
    figures: planFigures(size),
    run: (place: Place) => measurePlan(place, size),
  })),
  { title: 'a million records disguised for a test', figures: anonymiseFigures, run: measureAnonymise },
  { title: 'one of 100,000 people, explained', figures: explainFigures, run: measureExplain },
  { title: 'applying changes against the sandbox', figures: applyFigures, run: measureApply },
];

export function figuresOf(): readonly string[] {
  return BENCHES.flatMap(({ figures }) => figures);
}
