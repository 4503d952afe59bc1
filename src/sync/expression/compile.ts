import type { Fields } from '../record.js';
import { didYouMean } from '../nearest.js';
import { compareTexts, compareWithNumber, mirrored } from './compare.js';
import { FUNCTIONS, type ExpressionFunction, type Test, type TextOf } from './functions.js';
import { makeMatcher } from './pattern-matcher.js';
import { PatternError, readPattern } from './pattern.js';
import { ExpressionError, problemAt, type ExpressionProblem } from './problem.js';
import { readExpression } from './read.js';
import { resolveName, type Scope } from './scope.js';
import type { Operator, Syntax } from './syntax.js';

/** An expression made ready: closures, no `eval`. */
export interface Compiled {
  readonly source: string;
  /** Never throws, whatever the fields are: a column that is absent is an empty text. */
  readonly evaluate: (fields: Fields) => boolean;
  /** The columns it reads, each once, in the order of their first use. */
  readonly columns: readonly string[];
}

/** @throws ExpressionError that names every unknown field or function and every wrong type, with places and suggestions. */
export function compileExpression(source: string, scope: Scope): Compiled {
  const compiler = new Compiler(source, scope);
  const evaluate = compiler.condition(readExpression(source));
  if (compiler.problems.length > 0) throw new ExpressionError(source, compiler.problems);
  return { source, evaluate, columns: [...compiler.columns] };
}

export function columnsOf(compiled: Compiled): readonly string[] {
  return compiled.columns;
}

type Value =
  | { readonly kind: 'text'; readonly textOf: TextOf; readonly fixed: boolean }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'nothing' };
type PatternFunction = Extract<ExpressionFunction, { readonly second: 'pattern' }>;
type SyntaxOf<Type extends Syntax['type']> = Extract<Syntax, { readonly type: Type }>;

const NOTHING: Value = { kind: 'nothing' };
const never: Test = () => false;
/** Numbers up to here are exact; a longer literal is an identifier, which is text. */
const LONGEST_NUMBER = 15;

/** Goes on after a problem, so that one look at a mapping shows all of them. */
class Compiler {
  readonly problems: ExpressionProblem[] = [];
  readonly columns = new Set<string>();

  constructor(
    private readonly source: string,
    private readonly scope: Scope,
  ) {}

  condition(syntax: Syntax): Test {
    switch (syntax.type) {
      case 'and':
        return syntax.terms.map((term) => this.condition(term)).reduce((left, right) => (f) => left(f) && right(f));
      case 'or':
        return syntax.terms.map((term) => this.condition(term)).reduce((left, right) => (f) => left(f) || right(f));
      case 'not': {
        const term = this.condition(syntax.term);
        return (fields) => !term(fields);
      }
      case 'compare':
        return this.comparison(syntax, syntax.operator, this.value(syntax.left), this.value(syntax.right));
      case 'in':
        return this.membership(syntax);
      case 'call':
        return this.conditionCall(syntax);
      default:
        return this.refuse(
          syntax,
          `This is a value, not a condition: compare it, as in \`${this.cut(syntax)} == "text"\`.`,
        );
    }
  }

  private comparison(at: Syntax, operator: Operator, left: Value, right: Value): Test {
    if (left.kind === 'nothing' || right.kind === 'nothing') return never;
    if (isFixed(left) && isFixed(right)) return this.refuseFixed(at);
    if (left.kind === 'text' && right.kind === 'text') return compareTexts(operator, left.textOf, right.textOf);
    if (left.kind === 'text' && right.kind === 'number') return compareWithNumber(operator, left.textOf, right.number);
    if (left.kind === 'number' && right.kind === 'text') {
      return compareWithNumber(mirrored(operator), right.textOf, left.number);
    }
    return never;
  }

  private membership(syntax: SyntaxOf<'in'>): Test {
    const value = this.value(syntax.value);
    const tests = syntax.choices.map((choice) => this.comparison(syntax, '==', value, this.value(choice)));
    const isIn: Test = (fields) => tests.some((test) => test(fields));
    return syntax.negated ? (fields) => !isIn(fields) : isIn;
  }

  private conditionCall(syntax: SyntaxOf<'call'>): Test {
    const called = this.functionOf(syntax);
    if (called === null) return never;
    if (called.gives !== 'condition') {
      return this.refuse(syntax, `\`${syntax.name}\` gives a text, not a condition: compare it with something.`);
    }
    if (called.takes === 2 && called.second === 'pattern') return this.patternCall(syntax, called.make);
    const values = syntax.values.map((value) => this.text(value));
    if (values.every((value) => value?.fixed)) return this.refuseFixed(syntax);
    const [first, second] = values;
    if (!first) return never;
    if (called.takes === 1) return called.make(first.textOf);
    return second ? called.make(first.textOf, second.textOf) : never;
  }

  private patternCall({ values }: SyntaxOf<'call'>, make: PatternFunction['make']): Test {
    const [value, pattern] = values;
    if (value === undefined || pattern === undefined) return never;
    if (pattern.type !== 'text') return this.refuse(pattern, 'A pattern is a text in double quotes.');
    const text = this.text(value);
    if (text?.fixed) return this.refuseFixed(value);
    try {
      const fits = makeMatcher(readPattern(pattern.text));
      return text === null ? never : make(text.textOf, fits);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      this.problems.push(problemAt(this.source, placeInText(this.source, pattern.from, error.offset), error.message));
      return never;
    }
  }

  private value(syntax: Syntax): Value {
    if (syntax.type !== 'number') return this.text(syntax) ?? NOTHING;
    if (syntax.digits.length <= LONGEST_NUMBER) return { kind: 'number', number: Number(syntax.digits) };
    this.refuse(
      syntax,
      `A number has at most ${LONGEST_NUMBER} digits. Write an identifier as text: "${syntax.digits}".`,
    );
    return NOTHING;
  }

  private text(syntax: Syntax): Extract<Value, { kind: 'text' }> | null {
    switch (syntax.type) {
      case 'text': {
        const text = syntax.text;
        return { kind: 'text', textOf: () => text, fixed: true };
      }
      case 'field':
        return this.field(syntax);
      case 'call':
        return this.textCall(syntax);
      case 'number':
        this.refuse(syntax, `A text is needed here. Write it in double quotes: "${syntax.digits}".`);
        return null;
      default:
        this.refuse(syntax, 'A text is needed here, not a condition.');
        return null;
    }
  }

  private field(syntax: SyntaxOf<'field'>): Extract<Value, { kind: 'text' }> | null {
    const resolved = resolveName(syntax.name, this.scope);
    if ('problem' in resolved) {
      this.refuse(syntax, resolved.problem);
      return null;
    }
    this.columns.add(resolved.column);
    return { kind: 'text', textOf: cellOf(resolved.column), fixed: false };
  }

  private textCall(syntax: SyntaxOf<'call'>): Extract<Value, { kind: 'text' }> | null {
    const called = this.functionOf(syntax);
    const value = syntax.values[0];
    if (called === null || value === undefined) return null;
    if (called.gives !== 'text') {
      this.refuse(syntax, `\`${syntax.name}\` gives a condition, and a text is needed here.`);
      return null;
    }
    const inner = this.text(value);
    return inner && { kind: 'text', textOf: called.make(inner.textOf), fixed: inner.fixed };
  }

  private functionOf(syntax: SyntaxOf<'call'>): ExpressionFunction | null {
    const called = FUNCTIONS.get(syntax.name);
    if (called === undefined) {
      this.refuse(syntax, `Unknown function \`${syntax.name}\`.${didYouMean(syntax.name, FUNCTIONS.keys())}`);
      return null;
    }
    if (called.takes === syntax.values.length) return called;
    this.refuse(
      syntax,
      `\`${syntax.name}\` takes ${called.takes} value${called.takes === 1 ? '' : 's'}, not ${syntax.values.length}.`,
    );
    return null;
  }

  private refuseFixed(syntax: Syntax): Test {
    return this.refuse(
      syntax,
      'No field is read here. A field name stands bare or in single quotes, a text in double quotes.',
    );
  }

  private refuse(syntax: Syntax, text: string): Test {
    this.problems.push(problemAt(this.source, syntax.from, text));
    return never;
  }

  private cut(syntax: Syntax): string {
    return this.source.slice(syntax.from, syntax.to);
  }
}

function isFixed(value: Value): boolean {
  return value.kind === 'number' || (value.kind === 'text' && value.fixed);
}

/** Where the character at `offset` of a text in double quotes stands, which begins at `from`. */
function placeInText(source: string, from: number, offset: number): number {
  let place = from + 1;
  for (let passed = 0; passed < offset; passed += 1) place += source[place] === '\\' ? 2 : 1;
  return place;
}

/** Records come from files and databases: what is no text counts as empty. */
function cellOf(column: string): TextOf {
  return (fields) => {
    const cell: unknown = fields[column];
    return typeof cell === 'string' ? cell : '';
  };
}
