import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import {
  decrypt,
  enums,
  readKey,
  readMessage,
  readPrivateKey,
  type DecryptMessageResult,
  type Message,
  type PrivateKey,
} from 'openpgp';
import {
  CannotOpen,
  PgpDamaged,
  PgpForOtherKey,
  PgpKeyMissing,
  PgpNotEncrypted,
  PgpWithoutIntegrity,
} from '../errors.js';
import { BYTES } from '../first-bytes.js';
import { judgeSignatures, type Sender } from './judge-signatures.js';

/** What opens the messages of one customer. */
export interface PgpKeys {
  /** Armoured private keys of ours. */
  readonly own: readonly string[];
  /** By whom messages are signed; null: nobody looks. */
  readonly sender: { readonly publicKey: string; readonly mustSign: boolean } | null;
}

/**
 * The plaintext while it is decrypted. That nobody changed it and who signed it is known at its end: until then the stream has
 * not ended, and it fails with PgpDamaged or PgpSignatureRefused. @throws CannotOpen, and what the content fails with
 */
export async function openMessage(content: Readable, isArmoured: boolean, keys: PgpKeys): Promise<Readable> {
  if (keys.own.length === 0) throw new PgpKeyMissing();
  const decryptionKeys = await Promise.all(keys.own.map((armoredKey) => readPrivateKey({ armoredKey })));
  const sender = keys.sender && {
    key: await readKey({ armoredKey: keys.sender.publicKey }),
    mustSign: keys.sender.mustSign,
  };
  try {
    const message = await readEncrypted(content, isArmoured);
    refuseUnfit(message, decryptionKeys);
    const decrypted: Decrypted = await decrypt({
      message,
      decryptionKeys,
      ...(sender === null ? {} : { verificationKeys: sender.key }),
      format: 'binary',
      // Gigabytes are not held back until the check at their end: whoever reads must not use a stream that fails.
      config: { allowUnauthenticatedStream: true },
    });
    return Readable.from(plaintext(content, decrypted.data as Streamed, decrypted.signatures, sender), BYTES);
  } catch (error) {
    throw inOurWords(content, error);
  }
}

/** A recipient who is not named: every key is tried. */
const HIDDEN = /^0+$/;

type Streamed = ReadableStream<Uint8Array>;
/** The library's types of streams are those of a package that it does without. */
type Decrypted = Pick<DecryptMessageResult, 'signatures'> & { readonly data: unknown };

async function readEncrypted(content: Readable, isArmoured: boolean): Promise<Message<Streamed>> {
  const config = { allowUnauthenticatedStream: true };
  if (!isArmoured) return readMessage({ binaryMessage: pulledFrom<Uint8Array>(content), config });
  content.setEncoding('latin1');
  return readMessage({ armoredMessage: pulledFrom<string>(content), config });
}

/** Node's own adapter ends the process when a stream fails after its reader has left. */
function pulledFrom<Piece>(content: Readable): ReadableStream<Piece> {
  const pieces = content[Symbol.asyncIterator]() as AsyncIterator<Piece>;
  return new ReadableStream<Piece>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
}

function refuseUnfit(message: Message<Streamed>, ours: readonly PrivateKey[]): void {
  const has = (tag: enums.packet): boolean => message.packets.filterByTag(tag).length > 0;
  const { packet } = enums;
  if (has(packet.symmetricallyEncryptedData)) throw new PgpWithoutIntegrity();
  if (!has(packet.symEncryptedIntegrityProtectedData) && !has(packet.aeadEncryptedData))
    throw new PgpNotEncrypted('only signed or compressed with PGP');
  const recipients = message.getEncryptionKeyIDs();
  const known = ours.flatMap((key) => key.getKeyIDs());
  const isOurs = recipients.some((id) => HIDDEN.test(id.toHex()) || known.some((own) => own.equals(id)));
  if (isOurs) return;
  throw new PgpForOtherKey(
    recipients.map((id) => id.toHex().toUpperCase()),
    ours.map((key) => key.getKeyID().toHex().toUpperCase()),
  );
}

async function* plaintext(
  content: Readable,
  data: Streamed,
  signatures: DecryptMessageResult['signatures'],
  sender: Sender | null,
): AsyncGenerator<Buffer> {
  try {
    for await (const piece of data) yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    await judgeSignatures(signatures, sender);
  } catch (error) {
    throw inOurWords(content, error);
  } finally {
    content.destroy();
  }
}

/** When the content itself failed, that is what happened. The words of the library may be about what it read. */
function inOurWords(content: Readable, error: unknown): unknown {
  if (content.errored) return content.errored;
  return error instanceof CannotOpen ? error : new PgpDamaged();
}
