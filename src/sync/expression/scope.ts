import { didYouMean } from '../nearest.js';

/** What names mean in an expression. */
export interface Scope {
  /** The columns of the employee record; null while no record is known: then every other name is taken for a column. */
  readonly columns: readonly string[] | null;
  /** Names that the column mapping defines, each with the column that it stands for: `externalId`, `jobTitle`, `internal.status`. */
  readonly names: ReadonlyMap<string, string>;
}

export type Resolved = { readonly column: string } | { readonly problem: string };

/**
 * A name is a column of the record, or else one that the column mapping defines. One that is both, for different columns,
 * is refused: a column added to the file by HR must never change what a rule means.
 */
export function resolveName(name: string, scope: Scope): Resolved {
  const defined = scope.names.get(name);
  const isColumn = scope.columns?.includes(name) ?? false;
  if (defined !== undefined && isColumn && defined !== name) return { problem: ambiguous(name, defined) };
  if (defined !== undefined) return { column: defined };
  if (isColumn || scope.columns === null) return { column: name };
  return { problem: `Unknown field \`${name}\`.${didYouMean(name, [...scope.columns, ...scope.names.keys()])}` };
}

function ambiguous(name: string, defined: string): string {
  return (
    `\`${name}\` is a column of the record, and also the mapping's name for the column "${defined}". ` +
    `Write "${defined}" for the latter, or define another name for the column under \`names\`.`
  );
}
