import { mirrored } from '../expression/compare.js';
import { ExpressionError } from '../expression/problem.js';
import { readExpression } from '../expression/read.js';
import type { Operator, Syntax } from '../expression/syntax.js';
import type { NameWords } from './names.js';

type SyntaxOf<Type extends Syntax['type']> = Extract<Syntax, { readonly type: Type }>;

/** An expression for somebody who knows none: `Department is "WW" and the job title contains "bedrijfsleider"`. */
export function conditionWords(source: string, nameWords: NameWords): string {
  try {
    return new Teller(source, nameWords).condition(readExpression(source), false);
  } catch (error) {
    // A kept mapping was read before, so this is one of another release: its own words are better than none.
    if (error instanceof ExpressionError) return source;
    throw error;
  }
}

/** What a function says when it holds, and when it does not. */
const CALLS: Readonly<Record<string, readonly [string, string]>> = {
  includes: ['contains', 'does not contain'],
  startsWith: ['begins with', 'does not begin with'],
  endsWith: ['ends with', 'does not end with'],
  matches: ['fits the pattern', 'does not fit the pattern'],
  empty: ['is empty', 'is not empty'],
  exists: ['is filled in', 'is not filled in'],
};

const LETTERS: Readonly<Record<string, string>> = { lower: 'in small letters', upper: 'in capitals' };

/** Total: whatever the grammar lets through has words, at worst its own. */
class Teller {
  constructor(
    private readonly source: string,
    private readonly nameWords: NameWords,
  ) {}

  condition(syntax: Syntax, isNegated: boolean): string {
    switch (syntax.type) {
      case 'and':
      case 'or':
        return this.several(syntax, isNegated);
      case 'not':
        return this.condition(syntax.term, !isNegated);
      case 'compare':
        return this.comparison(syntax, isNegated);
      case 'in':
        return this.membership(syntax, isNegated !== syntax.negated);
      case 'call':
        return this.call(syntax, isNegated);
      case 'field':
      case 'text':
      case 'number':
        return isNegated ? `not ${this.cut(syntax)}` : this.cut(syntax);
    }
  }

  /** Neither of two holds when their `or` does not; of an `and` it can only be said that not all of it holds. */
  private several(syntax: SyntaxOf<'and' | 'or'>, isNegated: boolean): string {
    if (isNegated && syntax.type === 'or') return this.joined(syntax.terms, 'and', true);
    const words = this.joined(syntax.terms, syntax.type, false);
    return isNegated ? `it is not so that (${words})` : words;
  }

  private joined(terms: readonly Syntax[], word: 'and' | 'or', isNegated: boolean): string {
    return terms
      .map((term) => (isCompound(term) ? `(${this.condition(term, isNegated)})` : this.condition(term, isNegated)))
      .join(` ${word} `);
  }

  /** What varies is told first: `"WW" == Department` reads as `Department == "WW"`. */
  private comparison(syntax: SyntaxOf<'compare'>, isNegated: boolean): string {
    const isTurned = isLiteral(syntax.left) && !isLiteral(syntax.right);
    const [left, right] = isTurned ? [syntax.right, syntax.left] : [syntax.left, syntax.right];
    const operator = isTurned ? mirrored(syntax.operator) : syntax.operator;
    return `${this.value(left)} ${this.relation(operator, right, isNegated)}`;
  }

  private relation(operator: Operator, right: Syntax, isNegated: boolean): string {
    if (operator === '==' || operator === '!=') {
      const verb = (operator === '==') === isNegated ? 'is not' : 'is';
      return `${verb} ${right.type === 'field' || right.type === 'call' ? `the same as ${this.value(right)}` : this.value(right)}`;
    }
    const not = isNegated ? 'is not' : 'is';
    if (right.type === 'number') return `${not} ${numberRelation(operator, right.digits)}`;
    return `${not} ${ORDER[operator]} ${this.value(right)}, letter by letter`;
  }

  private membership({ value, choices }: SyntaxOf<'in'>, isNegated: boolean): string {
    const words = choices.map((choice) => this.value(choice));
    const [before, last] = [words.slice(0, -1).join(', '), words.at(-1) ?? ''];
    if (before === '') return `${this.value(value)} ${isNegated ? 'is not' : 'is'} ${last}`;
    return `${this.value(value)} ${isNegated ? `is neither ${before} nor` : `is ${before} or`} ${last}`;
  }

  private call(syntax: SyntaxOf<'call'>, isNegated: boolean): string {
    const verbs = CALLS[syntax.name];
    const [value, part] = syntax.values;
    if (verbs === undefined || value === undefined) return isNegated ? `not ${this.cut(syntax)}` : this.cut(syntax);
    const verb = verbs[isNegated ? 1 : 0];
    return `${this.value(value)} ${verb}${part === undefined ? '' : ` ${this.value(part)}`}`;
  }

  private value(syntax: Syntax): string {
    switch (syntax.type) {
      case 'field':
        return this.nameWords(syntax.name);
      case 'text':
        return `"${syntax.text}"`;
      case 'number':
        return `the number ${syntax.digits}`;
      case 'call': {
        const [inner] = syntax.values;
        const letters = LETTERS[syntax.name];
        return letters === undefined || inner === undefined ? this.cut(syntax) : `${this.value(inner)} (${letters})`;
      }
      default:
        return this.cut(syntax);
    }
  }

  private cut({ from, to }: Syntax): string {
    return this.source.slice(from, to);
  }
}

const ORDER: Readonly<Record<'<' | '<=' | '>' | '>=', string>> = {
  '<': 'before',
  '<=': 'before or the same as',
  '>': 'after',
  '>=': 'after or the same as',
};

function numberRelation(operator: '<' | '<=' | '>' | '>=', digits: string): string {
  switch (operator) {
    case '<':
      return `less than ${digits}`;
    case '<=':
      return `${digits} or less`;
    case '>':
      return `more than ${digits}`;
    case '>=':
      return `${digits} or more`;
  }
}

function isCompound({ type, ...syntax }: Syntax): boolean {
  if (type === 'not' && 'term' in syntax) return isCompound(syntax.term);
  return type === 'and' || type === 'or';
}

function isLiteral({ type }: Syntax): boolean {
  return type === 'text' || type === 'number';
}
