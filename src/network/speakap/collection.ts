import type { z } from 'zod';
import type { Call } from './calls.js';
import type { Client } from './client.js';
import type { Answering, Pairs } from './encoding.js';
import { unexpected } from './failures.js';
import { pagesOf } from './paging.js';
import { parse } from './parse.js';
import type { Eid } from '../../sync/ids.js';

/** One collection and how it is asked for. `schema` makes the items of a page of the answer. */
export interface Collection<T> {
  readonly call: Call;
  readonly query: Pairs;
  readonly answering: Answering;
  readonly schema: z.ZodType<readonly T[]>;
}

/** All of a collection, page by page, each thing once. @throws NetworkError */
export function readCollection<T extends { readonly EID: Eid }>(
  client: Client,
  { call, query, answering, schema }: Collection<T>,
): AsyncGenerator<readonly T[]> {
  const read = async (offset: number, limit: number) => {
    const paging: Pairs = [
      ['offset', String(offset)],
      ['limit', String(limit)],
    ];
    return parse(schema, call, await client.ask({ call, query: [...query, ...paging], answering }));
  };
  return pagesOf(read, () => unexpected(call, 'pages that do not fit together, five times in a row'));
}

export async function readAll<T extends { readonly EID: Eid }>(client: Client, what: Collection<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of readCollection(client, what)) all.push(...page);
  return all;
}
