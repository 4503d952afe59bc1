import { z } from 'zod';
import { didYouMean } from '../nearest.js';

/** An object that knows its keys when somebody mistypes one. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? unknownKey(issue.keys[0] ?? '', Object.keys(shape)) : undefined,
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  return `Unknown key \`${key}\`.${didYouMean(key, known) || ` Known here: ${known.join(', ')}.`}`;
}
