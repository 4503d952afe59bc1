import type { TextOf } from '../expression/functions.js';
import { resolveName, type Scope } from '../expression/scope.js';
import type { Fields } from '../record.js';
import type { ValueRule } from './mapping.js';

/** A value made ready: trimmed text, empty when there is none. */
export interface CompiledValue {
  readonly textOf: TextOf;
  readonly columns: readonly string[];
  readonly problems: readonly string[];
}

export function compileValue(rule: ValueRule, scope: Scope): CompiledValue {
  switch (rule.kind) {
    case 'column':
      return compileColumn(rule.column, scope);
    case 'fixed': {
      const text = rule.text.trim();
      return { textOf: () => text, columns: [], problems: [] };
    }
    case 'template':
      return compileTemplate(rule.template, scope);
  }
}

function compileColumn(name: string, scope: Scope): CompiledValue {
  const resolved = resolveName(name, scope);
  if ('problem' in resolved) return { textOf: () => '', columns: [], problems: [resolved.problem] };
  return { textOf: (fields) => cell(fields, resolved.column), columns: [resolved.column], problems: [] };
}

/** `{FirstName}.{LastName}@shop.example`. Nothing when one of its cells is empty: half an address is none. */
function compileTemplate(template: string, scope: Scope): CompiledValue {
  const parts = template.split(/\{([^{}]*)\}/);
  const texts = parts.filter((_, index) => index % 2 === 0);
  const cells = parts.filter((_, index) => index % 2 === 1).map((name) => compileColumn(name.trim(), scope));
  const problems = cells.flatMap((part) => part.problems);
  if (texts.some((text) => /[{}]/.test(text))) problems.push('A brace is not closed: write `{Column}`.');
  return { textOf: (fields) => fill(texts, cells, fields), columns: cells.flatMap((part) => part.columns), problems };
}

function fill(texts: readonly string[], cells: readonly CompiledValue[], fields: Fields): string {
  let filled = texts[0] ?? '';
  for (const [index, part] of cells.entries()) {
    const text = part.textOf(fields);
    if (text === '') return '';
    filled += text + (texts[index + 1] ?? '');
  }
  return filled.trim();
}

/** The cell of a column as people mean it: trimmed, and empty when the record has no such column. */
export function cell(fields: Fields, column: string): string {
  const value: unknown = fields[column];
  return typeof value === 'string' ? value.trim() : '';
}
