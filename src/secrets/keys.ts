import { join } from 'node:path';
import { loadMasterKey, parseMasterKey, type KeyRing, type MasterKey } from './master-key.js';

export interface Keys {
  /** Seals everything new. */
  readonly key: MasterKey;
  /** Earlier keys that still open what they sealed. */
  readonly old: readonly MasterKey[];
  readonly ring: KeyRing;
}

export interface KeySettings {
  readonly dataFolder: string;
  readonly masterKey: string | undefined;
  readonly oldMasterKeys: readonly string[];
}

/** The installation's keys: from the settings, or from a file of the data folder that is made at first. @throws UnusableMasterKey */
export async function loadKeys({ dataFolder, masterKey, oldMasterKeys }: KeySettings): Promise<Keys> {
  const { key } = await loadMasterKey({ text: masterKey, path: join(dataFolder, 'master.key') });
  const old = oldMasterKeys.map((text) => parseMasterKey(text, 'USERSYNC_OLD_MASTER_KEYS'));
  return { key, old, ring: [key, ...old] };
}
