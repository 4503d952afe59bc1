import type { DecryptMessageResult, PublicKey } from 'openpgp';
import { PgpSignatureRefused } from '../errors.js';

/** By whom messages are signed. */
export interface Sender {
  readonly key: PublicKey;
  /** Else a message without a signature is taken as well. */
  readonly mustSign: boolean;
}

/**
 * One valid signature of the sender is enough. Where the sender's key is known, a signature that is not the sender's is never
 * passed over. To be asked when all content was read. @throws PgpSignatureRefused
 */
export async function judgeSignatures(
  signatures: DecryptMessageResult['signatures'],
  sender: Sender | null,
): Promise<void> {
  if (sender === null) return;
  if (signatures.length === 0) {
    if (sender.mustSign) throw new PgpSignatureRefused('it has none');
    return;
  }
  const known = sender.key.getKeyIDs();
  const own = signatures.filter(({ keyID }) => known.some((id) => id.equals(keyID)));
  if (own.length === 0) throw new PgpSignatureRefused('it is by another key');
  const verified = await Promise.allSettled(own.map((signature) => signature.verified));
  if (verified.every(({ status }) => status === 'rejected'))
    throw new PgpSignatureRefused('it does not fit the content');
}
