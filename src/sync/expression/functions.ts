import type { Fields } from '../record.js';

export type TextOf = (fields: Fields) => string;
export type Test = (fields: Fields) => boolean;

/** A function of the language. All of them take texts; the reference is `docs/mapping.md`. */
export type ExpressionFunction =
  | { readonly gives: 'condition'; readonly takes: 1; readonly make: (value: TextOf) => Test }
  | { readonly gives: 'condition'; readonly takes: 2; readonly make: (value: TextOf, part: TextOf) => Test }
  | { readonly gives: 'text'; readonly takes: 1; readonly make: (value: TextOf) => TextOf };

/** Upper and lower case matter in all of them, as in `==`; `lower( )` is there to ignore it. */
export const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map<string, ExpressionFunction>([
  ['includes', of((value, part) => (fields) => value(fields).includes(part(fields)))],
  ['startsWith', of((value, part) => (fields) => value(fields).startsWith(part(fields)))],
  ['endsWith', of((value, part) => (fields) => value(fields).endsWith(part(fields)))],
  ['empty', { gives: 'condition', takes: 1, make: (value) => (fields) => isBlank(value(fields)) }],
  ['exists', { gives: 'condition', takes: 1, make: (value) => (fields) => !isBlank(value(fields)) }],
  ['lower', { gives: 'text', takes: 1, make: (value) => (fields) => value(fields).toLowerCase() }],
  ['upper', { gives: 'text', takes: 1, make: (value) => (fields) => value(fields).toUpperCase() }],
]);

function of(make: (value: TextOf, part: TextOf) => Test): ExpressionFunction {
  return { gives: 'condition', takes: 2, make };
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
