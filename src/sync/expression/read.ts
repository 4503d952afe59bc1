import { parse, SyntaxError as GrammarError } from './parser.js';
import { ExpressionError, problemAt } from './problem.js';
import type { Syntax } from './syntax.js';

const LONGEST_SOURCE = 4_000;
const DEEPEST_NESTING = 50;

/** What people write from habit, and what stands for it here. Tried in this order at the place where reading stopped. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/^[“”„«»]/u, 'Use straight double quotes: "text".'],
  [/^[‘’‚]/u, "Use straight single quotes: 'Field name'."],
  [/^&&?/, 'Write `and`.'],
  [/^\|\|?/, 'Write `or`.'],
  [/^!/, 'Write `not( ... )`, or `!=` between two values.'],
  [/^===?/, 'Write `==`.'],
  [/^=/, 'Write `==` to compare.'],
  [/^<>/, 'Write `!=`.'],
  [/^(AND|OR|NOT|IN)\b/i, 'Write `and`, `or`, `not` and `in` in lower-case letters.'],
  [/^"([^"\\]|\\["'\\])*\\[^"'\\]/, 'In a text a backslash is written twice: "\\\\d".'],
  [/^"[^"]*$/, 'This text has no closing double quote.'],
  [/^'[^']*$/, 'This field name has no closing single quote.'],
  [/^''/, 'A field name cannot be empty.'],
  [/^[\d]/, 'A name that begins with a digit needs single quotes, a text double quotes.'],
];

/** Reads an expression without knowing any names. @throws ExpressionError with the place where reading stopped. */
export function readExpression(source: string): Syntax {
  refuseOversize(source);
  try {
    return parse(source);
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    throw explained(source, error);
  }
}

/** The parser works by recursion: what would exhaust the stack is refused before. */
function refuseOversize(source: string): void {
  if (source.length > LONGEST_SOURCE) {
    throw failure(source, 0, `The expression has more than ${LONGEST_SOURCE} characters.`);
  }
  let depth = 0;
  for (let offset = 0; offset < source.length; offset++) {
    if (source[offset] === '(' && ++depth > DEEPEST_NESTING) {
      throw failure(source, offset, `More than ${DEEPEST_NESTING} parentheses stand inside each other.`);
    }
    if (source[offset] === ')') depth--;
  }
}

function explained(source: string, error: GrammarError): ExpressionError {
  const offset = error.location.start.offset;
  if (source.trim() === '') return failure(source, 0, 'The expression is empty.');
  return failure(
    source,
    offset,
    `${whatStoodThere(source, offset)} ${habitAt(source, offset) ?? whatWasExpected(error)}`,
  );
}

function failure(source: string, offset: number, text: string): ExpressionError {
  return new ExpressionError(source, [problemAt(source, offset, text)]);
}

function whatStoodThere(source: string, offset: number): string {
  const word = /^([\p{L}\p{N}_]+|\S)/u.exec(source.slice(offset))?.[0];
  return word === undefined ? 'The expression ends too early.' : `\`${word}\` cannot stand here.`;
}

function habitAt(source: string, offset: number): string | null {
  const rest = source.slice(offset);
  if (/\bnot\s*$/.test(source.slice(0, offset))) return 'Write parentheses: `not( ... )`.';
  return HABITS.find(([pattern]) => pattern.test(rest))?.[1] ?? null;
}

function whatWasExpected(error: GrammarError): string {
  const names = (error.expected ?? []).map((item) => item.description ?? item.text ?? 'the end');
  return `Expected ${[...new Set(names)].filter((name) => name !== 'blank').join(', ')}.`;
}
