import type { TextOf } from '../expression/functions.js';
import type { Scope } from '../expression/scope.js';
import type { Fields } from '../record.js';
import { compileColumn, type CompiledColumn } from './column.js';
import { faultsOf, type Fault, type Note, type Read } from './fault.js';
import type { MappingProblem, Place } from './mapping.js';
import { compileSteps } from './steps.js';
import type { SeparatedRule, SourceRule, ValueRule } from './value-rule.js';

/** A value made ready: trimmed text, empty when there is none. */
export interface CompiledValue {
  readonly textOf: TextOf;
  /** What cannot be made of a row; null where nothing can go wrong. */
  readonly faultsIn: FaultsIn | null;
  readonly columns: readonly string[];
  readonly problems: readonly MappingProblem[];
}

/** Several values made ready, for one cell that holds them. */
export interface CompiledValues extends Omit<CompiledValue, 'textOf'> {
  readonly textsOf: (fields: Fields) => readonly string[];
}

export type FaultsIn = (fields: Fields) => readonly Fault[];

/** More in one cell are no groups, but a cell that means something else. */
const MOST_VALUES = 200;

export function compileValue(rule: ValueRule, scope: Scope): CompiledValue {
  const { read, canFail, columns, problems } = compileRead(rule, scope);
  return {
    textOf: (fields) => read(fields, ignore),
    faultsIn: canFail ? (fields) => faultsOf(read, fields) : null,
    columns,
    problems,
  };
}

/** Never gives an empty text, nor the same twice. */
export function compileValues(rule: ValueRule | SeparatedRule, scope: Scope): CompiledValues {
  if (rule.kind === 'separated') return compileSeparated(rule, scope);
  const { textOf, ...value } = compileValue(rule, scope);
  return { ...value, textsOf: (fields) => withoutEmpty([textOf(fields)]) };
}

function compileSeparated({ source, separator, steps }: SeparatedRule, scope: Scope): CompiledValues {
  const whole = compileSource(source, scope);
  const made = compileSteps(steps, scope, onlyOne(whole.columns));
  const read = (fields: Fields, note: Note): readonly string[] => {
    const parts = withoutEmpty(whole.read(fields, note).split(separator));
    if (parts.length > MOST_VALUES) {
      note({ code: 'too_many_values', column: onlyOne(whole.columns) });
      return [];
    }
    // What fills an empty text in counts for the cell as a whole.
    return withoutEmpty((parts.length === 0 ? [''] : parts).map((part) => made.apply(part, fields, note)));
  };
  return {
    textsOf: (fields) => read(fields, ignore),
    faultsIn: (fields) => faultsOf(read, fields),
    columns: [...whole.columns, ...made.columns],
    problems: [...whole.problems, ...made.problems],
  };
}

interface CompiledRead {
  readonly read: Read;
  readonly canFail: boolean;
  readonly columns: readonly string[];
  readonly problems: readonly MappingProblem[];
}

function compileRead(rule: ValueRule, scope: Scope): CompiledRead {
  if (rule.kind !== 'made') return compileSource(rule, scope);
  const source = compileSource(rule.source, scope);
  const steps = compileSteps(rule.steps, scope, onlyOne(source.columns));
  return {
    read: (fields, note) => steps.apply(source.read(fields, note), fields, note),
    canFail: source.canFail || steps.canFail,
    columns: [...source.columns, ...steps.columns],
    problems: [...source.problems, ...steps.problems],
  };
}

function compileSource(rule: SourceRule, scope: Scope): CompiledRead {
  switch (rule.kind) {
    case 'column':
      return sure(compileColumn(rule, scope));
    case 'fixed': {
      const text = rule.text.trim();
      return sure({ textOf: () => text, columns: [], problems: [] });
    }
    case 'template':
      return sure(compileTemplate(rule.template, rule.at, scope));
    case 'first':
      return compileSeveral(rule.values, scope, firstOf);
    case 'joined':
      return compileSeveral(rule.values, scope, joined);
  }
}

function compileSeveral(
  rules: readonly ValueRule[],
  scope: Scope,
  combine: (reads: readonly Read[]) => Read,
): CompiledRead {
  const values = rules.map((rule) => compileRead(rule, scope));
  return {
    read: combine(values.map(({ read }) => read)),
    canFail: values.some(({ canFail }) => canFail),
    columns: values.flatMap(({ columns }) => columns),
    problems: values.flatMap(({ problems }) => problems),
  };
}

/** Those behind the first that gives something are not looked at, so nothing is wrong with them. */
function firstOf(reads: readonly Read[]): Read {
  return (fields, note) => {
    for (const read of reads) {
      const text = read(fields, note);
      if (text !== '') return text;
    }
    return '';
  };
}

function joined(reads: readonly Read[]): Read {
  return (fields, note) =>
    reads
      .map((read) => read(fields, note))
      .filter((text) => text !== '')
      .join(' ');
}

/** `{FirstName}.{LastName}@shop.example`. Nothing when one of its cells is empty: half an address is none. */
function compileTemplate(template: string, at: Place, scope: Scope): CompiledColumn {
  const parts = template.split(/\{([^{}]*)\}/);
  const texts = parts.filter((_, index) => index % 2 === 0);
  const cells = parts
    .filter((_, index) => index % 2 === 1)
    .map((name) => compileColumn({ column: name.trim(), at }, scope));
  const problems = cells.flatMap((part) => part.problems);
  if (texts.some((text) => /[{}]/.test(text)))
    problems.push({ ...at, text: 'A brace is not closed: write `{Column}`.' });
  return { textOf: (fields) => fill(texts, cells, fields), columns: cells.flatMap((part) => part.columns), problems };
}

function fill(texts: readonly string[], cells: readonly CompiledColumn[], fields: Fields): string {
  let filled = texts[0] ?? '';
  for (const [index, part] of cells.entries()) {
    const text = part.textOf(fields);
    if (text === '') return '';
    filled += text + (texts[index + 1] ?? '');
  }
  return filled.trim();
}

function sure({ textOf, columns, problems }: CompiledColumn): CompiledRead {
  return { read: textOf, canFail: false, columns, problems };
}

function withoutEmpty(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '');
}

function onlyOne(columns: readonly string[]): string | null {
  return columns.length === 1 ? (columns[0] ?? null) : null;
}

function ignore(): void {
  // Only a value is asked for.
}
