import type { OutcomeDifference } from '../sync/effect/outcome-difference.js';
import { countWords, numberWords } from './words.js';

/** In what people differ between two versions of a mapping, and how many of them do. */
export interface EffectDifference {
  readonly difference: OutcomeDifference;
  readonly people: number;
}

/** `12 people change group, 3 lose admin` */
export function effectWords(effects: readonly EffectDifference[] | null): string {
  if (effects === null) return 'There is no accepted snapshot yet, so nobody can be counted.';
  if (effects.length === 0) return 'Nobody in the last accepted snapshot is changed by it.';
  const told = effects.map(({ difference, people }, index) => {
    const count = index === 0 ? countWords(people, 'person', 'people') : numberWords(people);
    return `${count} ${people === 1 ? singular(difference) : difference}`;
  });
  return `In the last accepted snapshot: ${told.join(', ')}.`;
}

/** `change group` of one person is `changes group`. */
function singular(difference: OutcomeDifference): string {
  const [verb = '', ...rest] = difference.split(' ');
  return [verb === 'are' ? 'is' : `${verb}s`, ...rest].join(' ');
}
