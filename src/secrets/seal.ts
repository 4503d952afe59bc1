import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Tampered, WrongKey } from './errors.js';
import { deriveKey, findKey, listKeys, type KeyRing, type MasterKey } from './master-key.js';

const FORMAT = 'sealed.v1';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a credential for the database: `sealed.v1.<key id>.<base64url>`.
 * `context` says where it belongs (`source/korenaar/password`); the text opens nowhere else.
 */
export function seal(key: MasterKey, plaintext: string | Buffer, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(key.id, context));
  const sealed = Buffer.concat([nonce, cipher.update(Buffer.from(plaintext)), cipher.final(), cipher.getAuthTag()]);
  return `${FORMAT}.${key.id}.${sealed.toString('base64url')}`;
}

/** @throws WrongKey when its key is not in the ring. @throws Tampered when it was changed or belongs to another context. */
export function open(keys: KeyRing, sealed: string, context: string): Buffer {
  const { keyId, body } = parse(sealed, context);
  const key = findKey(keys, keyId);
  if (key === null) {
    throw new WrongKey(
      context,
      keyId,
      listKeys(keys).map((present) => present.id),
    );
  }
  return decrypt(key, body, context);
}

/** As `open`, for what was text. */
export function openText(keys: KeyRing, sealed: string, context: string): string {
  return open(keys, sealed, context).toString('utf8');
}

/** The id of the key that opens it, to find what is left to seal anew after a rotation. @throws Tampered when it is no sealed text. */
export function sealedWith(sealed: string): string {
  return parse(sealed, 'sealed text').keyId;
}

function parse(sealed: string, context: string): { keyId: string; body: Buffer } {
  const [, keyId, body] = /^sealed\.v1\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)$/.exec(sealed) ?? [];
  if (keyId === undefined || body === undefined)
    throw new Tampered(context, 'it is not in the format of a sealed text');
  return { keyId, body: Buffer.from(body, 'base64url') };
}

function decrypt(key: MasterKey, body: Buffer, context: string): Buffer {
  if (body.length < NONCE_BYTES + TAG_BYTES) throw new Tampered(context, 'it is cut off');
  const decipher = createDecipheriv(CIPHER, sealingKey(key), body.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additionalData(key.id, context));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  const plaintext = decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    throw new Tampered(context, 'it was changed, or was sealed for another place');
  }
}

function sealingKey(key: MasterKey): Buffer {
  return deriveKey(key, 'seal v1');
}

function additionalData(keyId: string, context: string): Buffer {
  return Buffer.from(`${FORMAT}\0${keyId}\0${context}`);
}
