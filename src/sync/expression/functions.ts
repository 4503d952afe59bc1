import type { Fields } from '../record.js';

export type TextOf = (fields: Fields) => string;
export type Test = (fields: Fields) => boolean;

/** A function of the language. All of them take texts; the reference is `docs/mapping.md`. */
export type ExpressionFunction =
  | { readonly gives: 'condition'; readonly takes: 1; readonly make: (value: TextOf) => Test }
  | {
      readonly gives: 'condition';
      readonly takes: 2;
      readonly second: 'text';
      readonly make: (value: TextOf, part: TextOf) => Test;
    }
  | {
      readonly gives: 'condition';
      readonly takes: 2;
      /** Stands in the expression itself, so that it is read once, and refused when the mapping is read. */
      readonly second: 'pattern';
      readonly make: (value: TextOf, fits: (text: string) => boolean) => Test;
    }
  | { readonly gives: 'text'; readonly takes: 1; readonly make: (value: TextOf) => TextOf };

/** Upper and lower case matter in all of them, as in `==`; `lower( )` is there to ignore it. */
export const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map<string, ExpressionFunction>([
  ['includes', of((value, part) => (fields) => value(fields).includes(part(fields)))],
  ['startsWith', of((value, part) => (fields) => value(fields).startsWith(part(fields)))],
  ['endsWith', of((value, part) => (fields) => value(fields).endsWith(part(fields)))],
  ['matches', { gives: 'condition', takes: 2, second: 'pattern', make: fitsOf }],
  ['empty', { gives: 'condition', takes: 1, make: (value) => (fields) => isBlank(value(fields)) }],
  ['exists', { gives: 'condition', takes: 1, make: (value) => (fields) => !isBlank(value(fields)) }],
  ['lower', { gives: 'text', takes: 1, make: (value) => (fields) => value(fields).toLowerCase() }],
  ['upper', { gives: 'text', takes: 1, make: (value) => (fields) => value(fields).toUpperCase() }],
]);

function of(make: (value: TextOf, part: TextOf) => Test): ExpressionFunction {
  return { gives: 'condition', takes: 2, second: 'text', make };
}

function fitsOf(value: TextOf, fits: (text: string) => boolean): Test {
  return (fields) => fits(value(fields));
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
