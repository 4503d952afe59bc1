import { didYouMean } from '../../sync/nearest.js';
import { SourceError } from '../errors.js';

/** What is particular to AFAS Profit. Names of connectors and fields are settings, so they may be told. */

/** 404, or a message that the connector is not for this app. Thrown with the connectors that the token may read. */
export class UnknownConnector extends SourceError {
  readonly retryable = false;
  constructor(
    readonly address: string,
    readonly connector: string,
    /** null: the list cannot be read either. */
    readonly known: readonly string[] | null,
  ) {
    super(
      `${address} does not give us the connector "${connector}".${didYouMean(connector, known ?? [])} ${listOf(known)} ` +
        'Nothing was changed. Correct the connector of the source, or ask the customer to add it to the app connector that ' +
        'the token belongs to, then start the run again.',
    );
  }
}

/** AFAS or the customer's administrator has blocked the definition of the connector. */
export class ConnectorBlocked extends SourceError {
  readonly retryable = false;
  constructor(address: string, connector: string) {
    super(
      `The connector "${connector}" is blocked at ${address}. Nothing was changed. Ask the customer's AFAS administrator to ` +
        'release it, or for another one, then start the run again.',
    );
  }
}

/** 403: refused although the token is right; by AFAS' documents this is a restriction by address. */
export class AccessRefused extends SourceError {
  readonly retryable = false;
  constructor(address: string, connector: string) {
    super(
      `${address} does not let us read the connector "${connector}" (403). Nothing was changed. Ask the customer's AFAS ` +
        'administrator to allow the addresses of our workers and to authorise the app connector, then start the run again.',
    );
  }
}

/** The field by which rows are sorted, or one of the filter, is not in the connector. */
export class UnknownField extends SourceError {
  readonly retryable = false;
  constructor(
    readonly connector: string,
    /** null: AFAS does not say which one, or names none of ours. */
    readonly field: string | null,
    readonly present: readonly string[],
  ) {
    super(
      `The connector "${connector}" does not have ${field === null ? 'a field by which we sort or filter' : `the field "${field}"`}.` +
        `${field === null ? '' : didYouMean(field, present)} Nothing was changed. Correct the key field or the filter of the ` +
        'source, or ask the customer to add the field to the connector.',
    );
  }
}

/** One key fills a whole page, so that it cannot be told where its rows begin and end. */
export class KeyTooCoarse extends SourceError {
  readonly retryable = false;
  constructor(
    readonly keyField: string,
    readonly take: number,
  ) {
    super(
      `A whole page of ${take} rows has one and the same "${keyField}". What was read is thrown away and nothing was changed. ` +
        'Choose the field that identifies an employee as the key field, or a larger `take`.',
    );
  }
}

const SHOWN = 10;

function listOf(known: readonly string[] | null): string {
  if (known === null) {
    return 'Nor can the list of its connectors be read: check the environment, or the base address.';
  }
  if (known.length === 0) return 'The token may read no connector at all.';
  const more = known.length > SHOWN ? ` and ${known.length - SHOWN} more` : '';
  return `The token may read ${known.slice(0, SHOWN).join(', ')}${more}.`;
}
