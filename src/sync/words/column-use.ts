import { columnsRead } from '../mapping/compile.js';
import type { Mapping } from '../mapping/mapping.js';

/** What a mapping makes of the columns of a record, beside those that are shown of a person. */
export interface ColumnUse {
  /** Only looked at by rules. */
  readonly inRules: readonly string[];
  readonly unused: readonly string[];
}

/** `columns`: the header of the record, whose order is kept. */
export function columnUse(mapping: Mapping, columns: readonly string[]): ColumnUse {
  const read = new Set(columnsRead(mapping));
  const shown = new Set([mapping.externalId.column, ...columnsRead({ ...mapping, ...NO_RULES })]);
  return {
    inRules: columns.filter((column) => read.has(column) && !shown.has(column)),
    unused: columns.filter((column) => !read.has(column)),
  };
}

const NO_RULES = { active: null, names: [], groups: [], roles: [], invitations: [], exceptions: [] } as const;
