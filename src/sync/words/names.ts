import { fieldName } from '../desired/duplicates.js';
import type { Mapping } from '../mapping/mapping.js';
import { scopeOf } from '../mapping/scope.js';

/** How a name in an expression, or a column, is called in a sentence. */
export type NameWords = (name: string) => string;

/**
 * Columns by their header, but for those that the reader knows better by what they become: `the job title`. A name that
 * the mapping defines is called as its column is.
 */
export function nameWordsOf(mapping: Mapping): NameWords {
  const { names } = scopeOf(mapping, null);
  const known = new Map([[mapping.externalId.column, 'the employee id']]);
  for (const { field, value } of mapping.columns) {
    if (value.kind === 'column' && !known.has(value.column)) known.set(value.column, fieldName(field));
  }
  return (name) => {
    const column = names.get(name) ?? name;
    return known.get(column) ?? columnWords(column);
  };
}

/** A header as it is written; in quotes of its own where it is more than one plain word. */
export function columnWords(column: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(column) ? column : `‘${column}’`;
}
