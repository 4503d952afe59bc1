import { isTaken, type Decision } from '../propose/proposal.js';
import { columnsOf } from '../propose/unmapped.js';

/** How rules refer to columns. */
export interface ColumnNames {
  /** Names that the document must define, with their columns. */
  readonly defined: readonly { readonly name: string; readonly column: string }[];
  /** What a rule writes for a column. */
  readonly of: (column: string) => string;
}

const FIELDS = /^(?:externalId|givenName|infix|familyName|jobTitle|email|telephoneNumber|preferredLanguage|upn)$/;

/**
 * A column that is called like a field of the mapping, and is not that field, cannot be named in a rule: the name would mean
 * two columns. Such a column gets a name of its own.
 */
export function columnNames(decisions: readonly Decision[], columns: readonly string[]): ColumnNames {
  const taken = decisions.filter(isTaken);
  const fields = new Map(
    [...taken, ...decisions.filter(({ target }) => target === 'externalId')]
      .filter(({ target }) => FIELDS.test(target))
      .map(({ target, choice }) => [target as string, columnsOf(choice)[0]]),
  );
  const inRules = taken.filter(({ target }) => !FIELDS.test(target)).flatMap(({ choice }) => columnsOf(choice));
  const unclear = [...new Set(inRules)].filter((column) => fields.has(column) && fields.get(column) !== column);
  const names = new Map(unclear.map((column) => [column, freeName(column, columns)]));
  return {
    defined: [...names].map(([column, name]) => ({ name, column })),
    of: (column) => names.get(column) ?? column,
  };
}

function freeName(column: string, columns: readonly string[]): string {
  let name = `column.${column}`;
  while (columns.includes(name)) name = `column.${name}`;
  return name;
}
