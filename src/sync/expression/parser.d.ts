import type { Syntax } from './syntax.js';

/** Generated from grammar.peggy. @throws SyntaxError of this module, with the place where reading stopped. */
export function parse(source: string): Syntax;

export class SyntaxError extends Error {
  readonly expected: readonly { readonly type: string; readonly description?: string; readonly text?: string }[] | null;
  readonly found: string | null;
  readonly location: { readonly start: { readonly offset: number } };
}
