/** What the grammar makes of an expression. `from` and `to` are offsets in its source. */
export type Syntax =
  | (Span & { readonly type: 'or' | 'and'; readonly terms: readonly Syntax[] })
  | (Span & { readonly type: 'not'; readonly term: Syntax })
  | (Span & { readonly type: 'compare'; readonly operator: Operator; readonly left: Syntax; readonly right: Syntax })
  | (Span & {
      readonly type: 'in';
      readonly negated: boolean;
      readonly value: Syntax;
      readonly choices: readonly Syntax[];
    })
  | (Span & { readonly type: 'call'; readonly name: string; readonly values: readonly Syntax[] })
  | (Span & { readonly type: 'field'; readonly name: string })
  | (Span & { readonly type: 'text'; readonly text: string })
  | (Span & { readonly type: 'number'; readonly digits: string });

export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Operator = '==' | '!=' | '>' | '<' | '>=' | '<=';
