import { fixedParts, readPattern } from '../../sync/expression/pattern.js';
import { readExpression } from '../../sync/expression/read.js';
import { resolveName, type Scope } from '../../sync/expression/scope.js';
import type { Syntax } from '../../sync/expression/syntax.js';
import type { Condition, Mapping } from '../../sync/mapping/mapping.js';

/** One comparison or question of a condition: all that a condition can know of a row is the answers to these. */
export interface Atom {
  /** Where its condition stands: `groups[2].when`. */
  readonly rule: string;
  readonly source: string;
  readonly syntax: Syntax;
  /** The columns that it reads, each once. */
  readonly columns: readonly string[];
}

/** Every condition of a mapping, in the order of the document. */
export function conditionsOf(mapping: Mapping): readonly Condition[] {
  const exceptions = mapping.exceptions.flatMap(({ whom }) => (whom.kind === 'condition' ? [whom.when] : []));
  const rules = [...mapping.groups, ...mapping.roles, ...mapping.invitations].map(({ when }) => when);
  return [mapping.active, ...rules, ...exceptions].filter((condition) => condition !== null);
}

export function atomsOf(mapping: Mapping, scope: Scope): readonly Atom[] {
  return conditionsOf(mapping).flatMap(({ source, at }) =>
    atomsIn(readExpression(source)).map((syntax) => ({
      rule: at.path,
      source: source.slice(syntax.from, syntax.to),
      syntax,
      columns: [...new Set(fieldsIn(syntax).map((name) => columnOf(name, scope)))],
    })),
  );
}

function atomsIn(syntax: Syntax): readonly Syntax[] {
  switch (syntax.type) {
    case 'and':
    case 'or':
      return syntax.terms.flatMap(atomsIn);
    case 'not':
      return atomsIn(syntax.term);
    default:
      return [syntax];
  }
}

/** The names that stand in an expression, in order. */
export function fieldsIn(syntax: Syntax): readonly string[] {
  switch (syntax.type) {
    case 'and':
    case 'or':
      return syntax.terms.flatMap(fieldsIn);
    case 'not':
      return fieldsIn(syntax.term);
    case 'compare':
      return [...fieldsIn(syntax.left), ...fieldsIn(syntax.right)];
    case 'in':
      return [syntax.value, ...syntax.choices].flatMap(fieldsIn);
    case 'call':
      return syntax.values.flatMap(fieldsIn);
    case 'field':
      return [syntax.name];
    case 'text':
    case 'number':
      return [];
  }
}

/** The literals of an atom, for what they cut in two. */
export function literalsIn(syntax: Syntax): readonly (string | number)[] {
  switch (syntax.type) {
    case 'compare':
      return [...literalsIn(syntax.left), ...literalsIn(syntax.right)];
    case 'in':
      return syntax.choices.flatMap(literalsIn);
    case 'call':
      return syntax.name === 'matches' ? partsOfPatterns(syntax.values) : syntax.values.flatMap(literalsIn);
    case 'text':
      return [syntax.text];
    case 'number':
      return [Number(syntax.digits)];
    default:
      return [];
  }
}

/** Whether it only asks if two things are equal: then a disguise of both sides keeps the answer. */
export function asksEquality(syntax: Syntax): boolean {
  return syntax.type === 'in' || (syntax.type === 'compare' && (syntax.operator === '==' || syntax.operator === '!='));
}

/** What a pattern says letter by letter is looked for as `includes` looks for it. */
function partsOfPatterns(values: readonly Syntax[]): readonly string[] {
  return values.flatMap((value) => (value.type === 'text' ? fixedParts(readPattern(value.text)) : []));
}

function columnOf(name: string, scope: Scope): string {
  const resolved = resolveName(name, scope);
  return 'column' in resolved ? resolved.column : name;
}
