import { openPgpKeys } from '../../connections/pgp.js';
import type { PgpKeys } from '../../formats/pgp/open-message.js';
import { countWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { toCustomerId } from '../../sync/ids.js';
import { columnsRead } from '../../sync/mapping/compile.js';
import type { Context } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { ProblemsFound } from '../yaml/problems-found.js';
import type { CheckOptions } from './commands.js';
import { readNetworkStructure } from './network-structure.js';
import { readMapping, refuseMisfits } from './read-mapping.js';
import { readRecord, type RecordFacts } from './read-record.js';

/** `mapping check`: reads and compares, and never writes anything. */
export async function checkMappingFile(context: Context, file: string, options: CheckOptions): Promise<ExitCode> {
  try {
    await check(context, file, options);
    return EXIT.ok;
  } catch (error) {
    // A program asked what is wrong, so this is the answer and no error.
    if (!context.output.json || !(error instanceof ProblemsFound)) throw error;
    context.output.answer({ ok: false, problems: error.problems }, () => '');
    return EXIT.failed;
  }
}

async function check(context: Context, file: string, { record, customer }: CheckOptions): Promise<void> {
  const { mapping } = await readMapping(file);
  const facts =
    record === undefined
      ? null
      : await readRecord(record, mapping.externalId.column, () => pgpKeysOf(context, customer));
  const structure = customer === undefined ? undefined : await structureOf(context, customer);
  refuseMisfits(file, mapping, { ...structure, ...(facts === null ? {} : { columns: facts.columns }) });

  const columns = columnsRead(mapping);
  const answer = { ok: true, columns, problems: [], record: facts?.read ?? null, warnings: facts?.warnings ?? [] };
  context.output.answer(answer, () =>
    [
      `${file} is right. It reads ${countWords(columns.length, 'column')}: ${columns.join(', ')}.`,
      ...aboutRecord(facts, record),
    ].join('\n'),
  );
}

/** Only with a customer it is known whose keys open a message. */
async function pgpKeysOf(context: Context, slug: string | undefined): Promise<PgpKeys> {
  if (slug === undefined) return { own: [], sender: null };
  const database = await context.database();
  const { id } = await readCustomer(database, slug);
  return openPgpKeys(database, (await context.keys()).ring, toCustomerId(id));
}

async function structureOf(context: Context, slug: string) {
  const connected = await context.database();
  const { id } = await readCustomer(connected, slug);
  const structure = await readNetworkStructure(connected, toCustomerId(id));
  if (structure === null) {
    context.output.note(
      `The network of ${slug} was not read yet, so groups and roles are not checked. "usersync sync plan ${slug}" reads it.`,
    );
  }
  return structure ?? undefined;
}

function aboutRecord(facts: RecordFacts | null, record: string | undefined): readonly string[] {
  if (facts === null || facts.read === null) return [];
  const { rows, unreadable, withoutId, encoding } = facts.read;
  const bad = unreadable + withoutId;
  const badWords = bad === 0 ? 'all of them readable' : `${bad} of them not usable`;
  return [
    `${record} has every column of it, and ${countWords(rows, 'row')}, ${badWords} (${encoding}).`,
    ...facts.warnings.slice(0, 20).map(({ text }) => `  ${text}`),
  ];
}
