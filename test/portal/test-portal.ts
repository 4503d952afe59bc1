import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { request } from 'undici';
import { startPortal } from '../../src/portal/portal.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { openDatabase } from '../../src/store/database.js';
import { addCustomer } from '../support/bare-customer.js';
import { createTestDatabase } from '../support/test-database.js';

/** A portal with a customer, over a database of its own; `logged`: every line that it wrote. */
export async function openTestPortal() {
  const place = await createTestDatabase();
  const database = openDatabase(place.url);
  const customer = await addCustomer(database);
  const key = aKey();
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const portal = await startPortal({ database, keys: key, host: '127.0.0.1', port: 0, requestsPerMinute: 1_000, log });
  return {
    ...{ database, customer, key, logged, log, portal },
    async close() {
      await portal.close();
      await database.close();
      await place.close();
    },
  };
}

/** Asks for a page; `title`: what stands in its head. */
export async function askPage(
  url: string,
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'OPTIONS',
  { headers = {}, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
) {
  const answer = await request(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await answer.body.text();
  const title = /<title>([^<]*)/.exec(text)?.[1] ?? '';
  return { status: answer.statusCode, text, title, headers: answer.headers };
}

export function aKey() {
  return parseMasterKey(randomBytes(32).toString('hex'), 'a test');
}
