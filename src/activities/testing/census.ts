import { createHmac } from 'node:crypto';
import { heartbeat } from '@temporalio/activity';
import { MARK_COLUMN } from '../../anonymise/mark.js';
import { NotFound } from '../../network/errors.js';
import { deriveKey, type MasterKey } from '../../secrets/master-key.js';
import { filesHolding, filesIn, type FileCount } from '../../secrets/files-holding.js';
import { countTables, hasSchema, peopleOutside, rowsHolding, type TableCount } from '../../store/census.js';
import type { Test } from '../../store/tests.js';
import type { ActivityParts, OwnNetwork } from '../parts.js';

export type When = 'before' | 'during' | 'after';

/** What was counted at one moment, wherever something of a test can lie. */
export interface Count {
  readonly at: string;
  /** Tables of the test's schema; null: there is no such schema. */
  readonly tables: readonly TableCount[] | null;
  /** Rows elsewhere in the database that carry a sign of the test. */
  readonly rowsElsewhere: readonly TableCount[];
  /** Files of the test's folder. */
  readonly files: FileCount;
  /** Files elsewhere in the data folder that carry a sign of the test. */
  readonly filesElsewhere: readonly string[];
  /** `none`: nothing was asked for; `gone`: the network says that it is not there. */
  readonly copy: 'none' | 'there' | 'gone' | 'not known';
  readonly people: number | null;
  readonly groups: number | null;
  readonly isKeyThere: boolean;
}

export type Census = Partial<Record<When, Count>> & {
  /** Rows outside of the test that spoke of its people when they were looked for last; only while the people are known they can be. */
  readonly outside?: readonly TableCount[];
};

/**
 * Counts everything of a test. Its signs are the id of its key, which stands in all that is sealed with it and in every e-mail
 * address that it makes up, and the column in which its records say that they are anonymised.
 */
export async function count(
  parts: ActivityParts,
  test: Test,
  keyId: string,
  network: OwnNetwork | null,
): Promise<Count> {
  const { database, dataFolder } = parts;
  const onProgress = (): void => heartbeat();
  const isThere = await hasSchema(database, test.schema);
  const signs = [keyId, MARK_COLUMN];
  return {
    at: new Date().toISOString(),
    tables: isThere ? await countTables(database, test.schema) : null,
    rowsElsewhere: await rowsHolding(database, test.schema, signs, onProgress),
    files: await filesIn(dataFolder, test.folder),
    filesElsewhere: await filesHolding(dataFolder, signs, { without: [test.folder, ...SERVERS], onProgress }),
    isKeyThere: test.key !== null,
    ...(await countCopy(test, network)),
  };
}

/** Files of the servers that run beside us on one machine; what is in them is asked of the servers. */
const SERVERS = ['postgres', 'temporal.sqlite', 'temporal.sqlite-wal', 'temporal.sqlite-shm'];

async function countCopy(
  { copyName, copyEid }: Test,
  network: OwnNetwork | null,
): Promise<Pick<Count, 'copy' | 'people' | 'groups'>> {
  const nothing = { people: null, groups: null };
  if (copyName === null) return { copy: 'none', ...nothing };
  if (copyEid === null || network === null) return { copy: 'not known', ...nothing };
  try {
    await network.describe();
    let people = 0;
    for await (const page of network.people()) people += page.length;
    return { copy: 'there', people, groups: (await network.groups()).length };
  } catch (error) {
    if (error instanceof NotFound) return { copy: 'gone', ...nothing };
    throw error;
  }
}

/** Rows outside of the test that speak of one of its people; null when its people are not known any more. */
export async function peopleElsewhere(
  { database }: ActivityParts,
  { schema, customerId }: Test,
): Promise<readonly TableCount[] | null> {
  if (!(await hasSchema(database, schema))) return null;
  return peopleOutside(database, schema, customerId, () => heartbeat());
}

/** What is still there after everything was removed, in words; null: nothing. */
export function leftOverIn({ tables, rowsElsewhere, files, filesElsewhere, copy, isKeyThere }: Count): string | null {
  const left = [
    ...(tables === null ? [] : [`the schema of the test with ${tables.length} tables`]),
    ...rowsElsewhere.map(({ table, rows }) => `${rows} rows in the table ${table}`),
    ...(files.files === 0 ? [] : [`${files.files} files in the folder of the test`]),
    ...filesElsewhere.map((file) => `the file ${file}`),
    ...(copy === 'there' ? ['the copy of the network'] : []),
    ...(copy === 'not known' ? ['perhaps a copy of the network'] : []),
    ...(isKeyThere ? ['the key of the test'] : []),
  ];
  return left.length === 0 ? null : left.join(', ');
}

/** Shows later that the census is the one that was taken, by this installation. */
export function sign(key: MasterKey, test: Pick<Test, 'customerId' | 'number'>, census: Census): string {
  const text = JSON.stringify([test.customerId, test.number, inOrder(census)]);
  return createHmac('sha256', deriveKey(key, 'census of a test')).update(text).digest('base64url');
}

/** Postgres keeps the members of an object in an order of its own. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return members.map(([name, inner]) => [name, inOrder(inner)]);
}
