/** One thing wrong in an expression, and where. */
export interface ExpressionProblem {
  readonly text: string;
  /** Offset in the source, from 0. */
  readonly offset: number;
  /** Line and column inside the expression, from 1. */
  readonly line: number;
  readonly column: number;
}

/** An expression that cannot be compiled. Thrown when a mapping is read, never while people are mapped. */
export class ExpressionError extends Error {
  constructor(
    readonly source: string,
    readonly problems: readonly ExpressionProblem[],
  ) {
    super(problems.map((problem) => `${problem.line}:${problem.column} ${problem.text}`).join('\n'));
    this.name = 'ExpressionError';
  }
}

export function problemAt(source: string, offset: number, text: string): ExpressionProblem {
  const before = source.slice(0, offset).split('\n');
  const line = before.at(-1) ?? '';
  return { text, offset, line: before.length, column: line.length + 1 };
}
