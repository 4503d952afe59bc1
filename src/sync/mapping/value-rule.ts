import type { Letters } from '../values/letters.js';
import type { Replacement } from '../values/replace.js';
import type { Place } from './mapping.js';

/** Where a text comes from, and what is made of it on its way. */
export type ValueRule = SourceRule | MadeRule;

/** One cell, a fixed text, a template that holds columns in braces, or several of these. */
export type SourceRule =
  | { readonly kind: 'column'; readonly column: string; readonly at: Place }
  | { readonly kind: 'fixed'; readonly text: string; readonly at: Place }
  | { readonly kind: 'template'; readonly template: string; readonly at: Place }
  /** The first that gives something. */
  | { readonly kind: 'first'; readonly values: readonly ValueRule[]; readonly at: Place }
  /** Those that give something, with a blank between them: `van der` and `Berg`. */
  | { readonly kind: 'joined'; readonly values: readonly ValueRule[]; readonly at: Place };

export interface MadeRule {
  readonly kind: 'made';
  readonly source: SourceRule;
  /** In the order in which they are done, whatever the order in the document. */
  readonly steps: readonly Step[];
  readonly at: Place;
}

/** What is done to a text. An empty text stays empty, but for `default`. */
export type Step =
  | { readonly kind: 'replace'; readonly texts: readonly Replacement[]; readonly at: Place }
  | {
      readonly kind: 'lookup';
      readonly table: readonly TableLine[];
      readonly unknown: UnknownValue;
      readonly at: Place;
    }
  | { readonly kind: 'date'; readonly format: string; readonly at: Place }
  | { readonly kind: 'phone'; readonly country: string | null; readonly column: string | null; readonly at: Place }
  | { readonly kind: 'case'; readonly letters: Letters; readonly at: Place }
  | { readonly kind: 'default'; readonly text: string; readonly at: Place };

export interface TableLine extends Replacement {
  readonly at: Place;
}

/** What becomes of a text that a table lacks: nothing and a warning, itself, or nothing. */
export type UnknownValue = 'warn' | 'keep' | 'none';

/** Several names in one text: each is one. */
export interface SeparatedRule {
  readonly kind: 'separated';
  readonly source: SourceRule;
  readonly separator: string;
  /** Done to each. */
  readonly steps: readonly Step[];
  readonly at: Place;
}
