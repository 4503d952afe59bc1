/** The report before it is Markdown or HTML. */
export interface TestDocument {
  readonly title: string;
  readonly isPassed: boolean;
  readonly verdict: string;
  readonly facts: readonly string[];
  readonly sections: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** `svg` for a page, and the same as a table for a text. */
  | { readonly kind: 'picture'; readonly svg: string; readonly table: Omit<TableBlock, 'kind'> }
  | TableBlock;

export interface TableBlock {
  readonly kind: 'table';
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** From this column on cells are numbers. */
  readonly numbersFrom?: number;
}
