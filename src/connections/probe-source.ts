import type { Readable } from 'node:stream';
import type { KeyRing } from '../secrets/master-key.js';
import { readAfasFirstPage } from '../sources/afas/afas-source.js';
import type { AfasSettings } from '../sources/afas/settings.js';
import { SourceError } from '../sources/errors.js';
import type { SftpSettings } from '../sources/sftp/settings.js';
import { createSftpSource } from '../sources/sftp/sftp-source.js';
import type { SourceReadOptions } from '../sources/source.js';
import type { Database } from '../store/database.js';
import type { CustomerId } from '../sync/ids.js';
import { SourceRejected } from '../sync/records/errors.js';
import { readHeaderNames } from '../sync/records/header-names.js';
import { NoConnection } from './no-connection.js';
import { openDelivered } from './pgp.js';
import { describeSource } from './sources.js';

export interface ProbedSource {
  readonly ok: boolean;
  /** For a person: what was found, or what went wrong and what to do. Holds no value of a record and no name of a file. */
  readonly sentence: string;
  /**
   * Names of the columns. Of a file these are the cells of its first line: where the header is missing, they are somebody's
   * data, so they are for the database and for people, not for Temporal or a log.
   */
  readonly columns: readonly string[];
  /** Whether trying again later may help without anybody doing anything. */
  readonly retryable: boolean;
}

/**
 * Tries a first read of a customer's source, whatever its kind: one page of a connector, or the beginning of the newest
 * complete file. Nothing is kept, moved or changed. @throws UnknownCustomer, WrongKey, Tampered
 */
export async function probeSource(
  database: Database,
  keys: KeyRing,
  customer: CustomerId,
  options: SourceReadOptions = {},
): Promise<ProbedSource> {
  try {
    const { kind, settings } = await describeSource(database, keys, customer);
    return kind === 'afas'
      ? await probeAfas(settings, options)
      : await probeSftp(settings, (content) => openDelivered(database, keys, customer, content), options);
  } catch (error) {
    if (error instanceof SourceError) return failed(error.message, error.retryable);
    if (error instanceof SourceRejected || error instanceof NoConnection) return failed(error.message, false);
    throw error;
  }
}

async function probeAfas(settings: AfasSettings, options: SourceReadOptions): Promise<ProbedSource> {
  const { rows, columns } = await readAfasFirstPage(settings, options);
  const page = rows === 1 ? 'one row' : `${rows.toLocaleString('en')} rows`;
  return found(`The connector ${settings.connector} answers: ${page} on its first page, ${countOf(columns)}.`, columns);
}

/** That it connects at all means that the host key is the pinned one and the login works. */
async function probeSftp(
  settings: SftpSettings,
  open: (content: Readable) => Promise<Readable>,
  options: SourceReadOptions,
): Promise<ProbedSource> {
  const source = createSftpSource(settings);
  try {
    const { size, modifiedAt, content } = await source.newest(options);
    const columns = readHeaderNames(await beginningOf(await open(content)));
    const bytes = size === null ? '' : ` of ${size.toLocaleString('en')} bytes`;
    const file = `a complete file${bytes} from ${modifiedAt.toISOString()} is there, ${countOf(columns)}`;
    return found(`The server has the pinned host key and accepts our login; ${file}.`, columns);
  } finally {
    await source.close();
  }
}

/** As much as a header can need. */
const BEGINNING_BYTES = 64 * 1024;

async function beginningOf(content: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of content as AsyncIterable<Buffer>) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= BEGINNING_BYTES) break;
  }
  return Buffer.concat(pieces);
}

function countOf({ length }: readonly string[]): string {
  return length === 1 ? 'with one column' : `with ${length} columns`;
}

function found(sentence: string, columns: readonly string[]): ProbedSource {
  return { ok: true, sentence, columns, retryable: false };
}

function failed(sentence: string, retryable: boolean): ProbedSource {
  return { ok: false, sentence, columns: [], retryable };
}
