import { readExpression } from '../../sync/expression/read.js';
import { resolveName, type Scope } from '../../sync/expression/scope.js';
import type { Syntax } from '../../sync/expression/syntax.js';
import { fieldsIn } from './atoms.js';

/** What becomes of the literals that a column is held against. */
export interface Literals {
  /** One that a cell may be equal to. */
  equal(text: string): string;
  /** Every text that is this number, disguised; null: the number stays. */
  number(digits: string): readonly string[] | null;
  /** One that a cell may begin or end with, or hold. */
  part(text: string, called: string): string;
}

/** Writes a condition for disguised records: ids, addresses and names in it are disguised as they are in the records. */
export function translateExpression(
  source: string,
  scope: Scope,
  literalsOf: (column: string) => Literals | null,
): string {
  const edits: Edit[] = [];
  const visit = (syntax: Syntax): void => {
    switch (syntax.type) {
      case 'and':
      case 'or':
        syntax.terms.forEach(visit);
        return;
      case 'not':
        visit(syntax.term);
        return;
      default:
        edits.push(...editsOf(syntax, { source, literals: literalsFor(syntax, scope, literalsOf) }));
    }
  };
  visit(readExpression(source));
  return edits
    .sort((one, other) => other.from - one.from)
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), source);
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface Context {
  readonly source: string;
  readonly literals: Literals | null;
}

function literalsFor(syntax: Syntax, scope: Scope, literalsOf: (column: string) => Literals | null): Literals | null {
  for (const name of fieldsIn(syntax)) {
    const resolved = resolveName(name, scope);
    const literals = 'column' in resolved ? literalsOf(resolved.column) : null;
    if (literals !== null) return literals;
  }
  return null;
}

function editsOf(syntax: Syntax, { source, literals }: Context): readonly Edit[] {
  if (literals === null) return [];
  if (syntax.type === 'compare') return compareEdits(syntax, source, literals);
  if (syntax.type === 'in') return [syntax.value, ...syntax.choices].flatMap((each) => equalEdits(each, literals));
  // A pattern stays as it is: made-up values have to fit where the real ones did, or the test stops.
  if (syntax.type === 'call' && syntax.name !== 'matches') {
    return syntax.values.flatMap((value) =>
      value.type === 'text' ? [edit(value, quoted(literals.part(value.text, syntax.name)))] : [],
    );
  }
  return [];
}

function compareEdits(
  syntax: Extract<Syntax, { type: 'compare' }>,
  source: string,
  literals: Literals,
): readonly Edit[] {
  const { operator, left, right } = syntax;
  if (operator !== '==' && operator !== '!=') return [];
  const number = left.type === 'number' ? left : right.type === 'number' ? right : null;
  if (number === null) return [left, right].flatMap((side) => equalEdits(side, literals));
  const texts = literals.number(number.digits);
  if (texts === null) return [];
  const other = number === left ? right : left;
  const list = texts.map(quoted).join(', ');
  return [edit(syntax, `${source.slice(other.from, other.to)} ${operator === '==' ? 'in' : 'not in'} (${list})`)];
}

function equalEdits(side: Syntax, literals: Literals): readonly Edit[] {
  if (side.type === 'text') return [edit(side, quoted(literals.equal(side.text)))];
  const texts = side.type === 'number' ? literals.number(side.digits) : null;
  return texts === null ? [] : [edit(side, texts.map(quoted).join(', '))];
}

function edit({ from, to }: Syntax, text: string): Edit {
  return { from, to, text };
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
