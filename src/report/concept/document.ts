import type { ConceptLine } from './lines.js';

/** The document before it is Markdown or HTML. */
export interface ConceptDocument {
  readonly title: string;
  readonly facts: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'lines'; readonly lines: readonly ShownLine[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** From this column on cells are numbers. */
      readonly numbersFrom?: number;
    };

export interface ShownLine {
  readonly id: string;
  readonly text: string;
  /** Marked where it differs from the last concept; null when there was none. */
  readonly change: ConceptLine['change'] | null;
  readonly before: string | null;
  /** What it does to the snapshot: `412 people`. */
  readonly effect: string | null;
  readonly comments: readonly { readonly by: string; readonly text: string }[];
}

export function text(words: string): Block {
  return { kind: 'text', text: words };
}
