import type { Scope } from '../expression/scope.js';
import type { Mapping } from './mapping.js';

/** The names that expressions and templates of this mapping may use. `columns`: the header of the record, or null while it is unknown. */
export function scopeOf(mapping: Mapping, columns: readonly string[] | null): Scope {
  const names = new Map([['externalId', mapping.externalId.column]]);
  for (const { field, value } of mapping.columns) if (value.kind === 'column') names.set(field, value.column);
  for (const { name, column } of mapping.names) names.set(name, column);
  return { columns, names };
}
