import { compileExpression } from '../../sync/expression/compile.js';
import type { Scope } from '../../sync/expression/scope.js';
import type { Syntax } from '../../sync/expression/syntax.js';
import type { Cut, Question } from '../keyed/classes.js';
import { asksEquality, type Atom } from '../plan/atoms.js';
import { translateExpression, type Literals } from '../plan/translate-expression.js';

/** The question of an atom that reads one column, before and after. `literals`: null: nothing in it is disguised. */
export function questionOf({ rule, source, columns }: Atom, scope: Scope, literals: Literals | null): Question {
  const [column = ''] = columns;
  const after = literals === null ? source : translateExpression(source, scope, () => literals);
  return { rule, column, before: ofOneCell(source, scope, column), after: ofOneCell(after, scope, column) };
}

function ofOneCell(source: string, scope: Scope, column: string): (text: string) => boolean {
  const { evaluate } = compileExpression(source, scope);
  const fields: Record<string, string> = {};
  return (text) => {
    fields[column] = text;
    return evaluate(fields);
  };
}

/** Where atoms cut the texts of a shape in two; what is left over is asked of each text. */
export function cutsOf(atoms: readonly Atom[]): { readonly cuts: readonly Cut[]; readonly rest: readonly Atom[] } {
  const cuts: Cut[] = [];
  const rest: Atom[] = [];
  for (const atom of atoms) {
    if (asksEquality(atom.syntax)) continue;
    const found = cutsIn(atom.syntax);
    if (found === null) rest.push(atom);
    else cuts.push(...found.map((isBeyond) => ({ rule: atom.rule, isBeyond })));
  }
  return { cuts, rest };
}

type Beyond = Cut['isBeyond'];

function cutsIn(syntax: Syntax): readonly Beyond[] | null {
  if (syntax.type === 'compare') {
    const { left, right, operator } = syntax;
    if (left.type === 'field') return literalCuts(right, operator === '>' || operator === '<=');
    return right.type === 'field' ? literalCuts(left, operator === '<' || operator === '>=') : null;
  }
  if (syntax.type !== 'call') return null;
  if (syntax.name === 'empty' || syntax.name === 'exists') return [];
  const [value, part] = syntax.values;
  if (syntax.name !== 'startsWith' || value?.type !== 'field' || part?.type !== 'text') return null;
  return [(text) => text >= part.text, (text) => text >= part.text && !text.startsWith(part.text)];
}

/** `isBehind`: whether the literal itself still stands before the cut. */
function literalCuts(literal: Syntax, isBehind: boolean): readonly Beyond[] | null {
  if (literal.type === 'text') return [(text) => (isBehind ? text > literal.text : text >= literal.text)];
  if (literal.type !== 'number') return null;
  const number = Number(literal.digits);
  return [(text) => (isBehind ? numberIn(text) > number : numberIn(text) >= number)];
}

/** As the language takes digits for a number; what is below nought turns the order around and is not cut. */
function numberIn(text: string): number {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}
