import type { Test, TextOf } from './functions.js';
import type { Operator } from './syntax.js';

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Text beside text: equality is exact, and order is that of the code units. */
export function compareTexts(operator: Operator, left: TextOf, right: TextOf): Test {
  switch (operator) {
    case '==':
      return (fields) => left(fields) === right(fields);
    case '!=':
      return (fields) => left(fields) !== right(fields);
    case '<':
      return (fields) => left(fields) < right(fields);
    case '<=':
      return (fields) => left(fields) <= right(fields);
    case '>':
      return (fields) => left(fields) > right(fields);
    case '>=':
      return (fields) => left(fields) >= right(fields);
  }
}

/**
 * Text beside a number literal: digits (`0004`, also `-1` and `0.8`) compare as a number; any other text equals no number
 * and is neither smaller nor greater than one. Only literals make numbers: an XID stays text everywhere else.
 */
export function compareWithNumber(operator: Operator, left: TextOf, right: number): Test {
  switch (operator) {
    case '==':
      return (fields) => numberIn(left(fields)) === right;
    case '!=':
      return (fields) => numberIn(left(fields)) !== right;
    case '<':
      return (fields) => numberIn(left(fields)) < right;
    case '<=':
      return (fields) => numberIn(left(fields)) <= right;
    case '>':
      return (fields) => numberIn(left(fields)) > right;
    case '>=':
      return (fields) => numberIn(left(fields)) >= right;
  }
}

const MIRRORED: Readonly<Record<Operator, Operator>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** `100 <= externalId` is `externalId >= 100`. */
export function mirrored(operator: Operator): Operator {
  return MIRRORED[operator];
}

/** NaN for everything that is no number: every comparison with it is false, and `!=` is true. */
function numberIn(text: string): number {
  const trimmed = text.trim();
  return DECIMAL.test(trimmed) ? Number(trimmed) : Number.NaN;
}
