import { resolveName, type Scope } from '../expression/scope.js';
import type { TextOf } from '../expression/functions.js';
import type { Fields } from '../record.js';
import type { ColumnName, MappingProblem } from './mapping.js';

/** One column made ready. */
export interface CompiledColumn {
  readonly textOf: TextOf;
  readonly columns: readonly string[];
  readonly problems: readonly MappingProblem[];
}

export function compileColumn({ column: name, at }: ColumnName, scope: Scope): CompiledColumn {
  const resolved = resolveName(name, scope);
  if ('problem' in resolved) return { textOf: () => '', columns: [], problems: [{ ...at, text: resolved.problem }] };
  return { textOf: (fields) => cell(fields, resolved.column), columns: [resolved.column], problems: [] };
}

/** The cell of a column as people mean it: trimmed, and empty when the record has no such column. */
export function cell(fields: Fields, column: string): string {
  const value: unknown = fields[column];
  return typeof value === 'string' ? value.trim() : '';
}
