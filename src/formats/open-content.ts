import type { Readable } from 'node:stream';
import { PgpNotEncrypted } from './errors.js';
import { lookAtStart } from './first-bytes.js';
import { BYTES_OF_KIND, kindOf } from './kind.js';
import type { PgpKeys } from './pgp/open-message.js';
import { openWorkbook, refuseOldOffice } from './workbook/open-workbook.js';

/** Keys of whoever delivers; asked for only when a PGP message came. */
export type FindKeys = () => Promise<PgpKeys>;

/**
 * Opens what a customer delivers: an Excel workbook becomes CSV, a PGP message becomes what is in it. Everything else comes
 * back as the stream that it is. What comes out counts only when it was read to its end: whether it was changed is known there.
 * @throws CannotOpen, and what the content fails with; the stream fails with the same
 */
export async function openContent(content: Readable, findKeys: FindKeys): Promise<Readable> {
  try {
    return await open(content, findKeys, false);
  } catch (error) {
    content.destroy();
    throw error;
  }
}

async function open(content: Readable, findKeys: FindKeys, isInside: boolean): Promise<Readable> {
  const begun = await lookAtStart(content, BYTES_OF_KIND);
  const kind = kindOf(begun.start);
  if (kind === 'other') return begun.content;
  if (kind === 'zip') return openWorkbook(begun.content);
  if (kind === 'old office') return refuseOldOffice(begun.content);
  if (kind === 'other pgp text') throw new PgpNotEncrypted('a PGP signature, a PGP key or a signed text');
  if (isInside) throw new PgpNotEncrypted('a PGP message in another one');
  const { openMessage } = await import('./pgp/open-message.js');
  return open(await openMessage(begun.content, kind === 'pgp text', await findKeys()), findKeys, true);
}
