import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { UnusableMasterKey } from './errors.js';
import { createPrivateFile, readPrivateFile } from './private-file.js';

/** The key that seals all secrets and files of one installation. */
export interface MasterKey {
  /** 16 hexadecimal digits that say which key it is and nothing about it. Kept beside data, it shows a lost or swapped key. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/** One key, or all that may have sealed something: what is sealed says with which. */
export type KeyRing = MasterKey | readonly MasterKey[];

export interface MasterKeySettings {
  /** The value of USERSYNC_MASTER_KEY; undefined or empty: the file is used. */
  readonly text: string | undefined;
  /** The file, made when it is missing. */
  readonly path: string;
}

export interface LoadedMasterKey {
  readonly key: MasterKey;
  /** `made` on a folder that holds data means that the old key is lost: compare `key.id` with the id that was kept. */
  readonly origin: 'environment' | 'file' | 'made';
}

/** @throws UnusableMasterKey when the value or the file is no key, or when others may read the file. */
export async function loadMasterKey({ text, path }: MasterKeySettings): Promise<LoadedMasterKey> {
  if (text !== undefined && text.trim() !== '') {
    return { key: parseMasterKey(text, 'USERSYNC_MASTER_KEY'), origin: 'environment' };
  }
  const made = (await readPrivateFile(path)) === null && (await createPrivateFile(path, newKeyText()));
  const kept = await readPrivateFile(path);
  if (kept === null)
    throw new UnusableMasterKey(`${path} vanished while it was read. Nothing was started. Start again.`);
  return { key: parseMasterKey(kept, path), origin: made ? 'made' : 'file' };
}

/** 32 bytes as 64 hexadecimal digits or as base64. @throws UnusableMasterKey otherwise; `source` is named in the message. */
export function parseMasterKey(text: string, source: string): MasterKey {
  const bytes = decode(text.trim());
  if (bytes?.length !== 32) {
    throw new UnusableMasterKey(
      `${source} holds no master key: 32 bytes as base64 or as 64 hexadecimal digits were expected. ` +
        `Nothing was started. Make a new one with: openssl rand -base64 32 (data sealed with another key stays unreadable)`,
    );
  }
  return { id: keyId(bytes), bytes };
}

/** A key for one purpose only, so that no two uses of the master key can disturb each other. */
export function deriveKey(key: MasterKey, purpose: string, salt: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.from(hkdfSync('sha256', key.bytes, salt, `usersync ${purpose}`, 32));
}

/** @throws nothing: null when none of the keys has this id. */
export function findKey(keys: KeyRing, id: string): MasterKey | null {
  return listKeys(keys).find((key) => key.id === id) ?? null;
}

export function listKeys(keys: KeyRing): readonly MasterKey[] {
  return 'bytes' in keys ? [keys] : keys;
}

function newKeyText(): string {
  return `${randomBytes(32).toString('base64')}\n`;
}

/** Hexadecimal first: 64 such digits would also pass as base64, of 48 bytes. */
function decode(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  return null;
}

function keyId(bytes: Buffer): string {
  return createHmac('sha256', bytes).update('usersync key id').digest('hex').slice(0, 16);
}
