import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Tampered, WrongKey } from './errors.js';
import { deriveKey, findKey, listKeys, type KeyRing, type MasterKey } from './master-key.js';

/**
 * The format of a sealed file: a header, then frames of 256 KiB of which only the last may be shorter. Each frame is sealed
 * with the file's own key under a nonce of its number and whether it is the last, so a frame that is missing, repeated, moved
 * or cut off does not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
 */
export const FRAME_BYTES = 256 * 1024;
export const TAG_BYTES = 16;
const MAGIC = Buffer.from('USF1', 'latin1');
const KEY_ID_BYTES = 8;
const SALT_BYTES = 32;
export const HEADER_BYTES = MAGIC.length + KEY_ID_BYTES + SALT_BYTES;
const CIPHER = 'aes-256-gcm';

/** Seals and opens the frames of one file. */
export class Frames {
  private constructor(
    readonly header: Buffer,
    private readonly fileKey: Buffer,
    private readonly context: string,
  ) {}

  /** For a new file, with a key that no other file has. */
  static create(key: MasterKey, context: string): Frames {
    const salt = randomBytes(SALT_BYTES);
    const header = Buffer.concat([MAGIC, Buffer.from(key.id, 'hex'), salt]);
    return new Frames(header, fileKey(key, salt, context), context);
  }

  /** For a file that begins with `header`. @throws WrongKey, Tampered */
  static of(keys: KeyRing, header: Buffer, context: string): Frames {
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw new Tampered(context, 'the file does not begin as a sealed file does');
    }
    const id = header.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES).toString('hex');
    const key = findKey(keys, id);
    if (key === null) {
      throw new WrongKey(
        context,
        id,
        listKeys(keys).map((present) => present.id),
      );
    }
    return new Frames(header, fileKey(key, header.subarray(-SALT_BYTES), context), context);
  }

  /** At most `FRAME_BYTES` in, and `TAG_BYTES` more out. */
  seal(number: number, last: boolean, plaintext: Buffer): Buffer {
    const cipher = createCipheriv(CIPHER, this.fileKey, nonce(number, last), { authTagLength: TAG_BYTES });
    cipher.setAAD(this.header);
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Tampered when it is not this very frame of this very file. */
  open(number: number, last: boolean, sealed: Buffer): Buffer {
    const decipher = createDecipheriv(CIPHER, this.fileKey, nonce(number, last), { authTagLength: TAG_BYTES });
    decipher.setAAD(this.header);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const plaintext = decipher.update(sealed.subarray(0, -TAG_BYTES));
    try {
      decipher.final();
    } catch {
      throw new Tampered(this.context, `the file was changed or cut off (frame ${number + 1})`);
    }
    return plaintext;
  }
}

/** The context is part of the key, so a file that is moved to another's place does not open. */
function fileKey(key: MasterKey, salt: Buffer, context: string): Buffer {
  return deriveKey(key, `file v1\0${context}`, salt);
}

function nonce(number: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(number, 7);
  bytes[11] = last ? 1 : 0;
  return bytes;
}
