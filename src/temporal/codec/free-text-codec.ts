import type { Payload, PayloadCodec } from '@temporalio/common';
import type { Keys } from '../../secrets/keys.js';
import { open, seal } from '../../secrets/seal.js';
import { carriesFreeText, decodeText } from './free-text.js';

/** The words that codecs of Temporal's samples use; the UI shows them where a payload was not decoded. */
const ENCODING = 'binary/encrypted';
const PLACE = 'temporal/payload';

export interface CodecSettings {
  readonly keys: Keys;
  /** false: what was encoded before is still decoded, and nothing new is encoded. */
  readonly encodes: boolean;
}

/**
 * Encrypts what people write, and leaves ids, counts and summaries readable. AES-256-GCM under the master key; earlier
 * keys still decode. What was never encoded passes: older histories, and values typed in the UI.
 */
export class FreeTextCodec implements PayloadCodec {
  constructor(private readonly settings: CodecSettings) {}

  async encode(payloads: Payload[]): Promise<Payload[]> {
    const { keys, encodes } = this.settings;
    return payloads.map((payload) => (encodes && carriesFreeText(payload) ? encrypt(keys, payload) : payload));
  }

  /** @throws WrongKey, Tampered */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => (isEncrypted(payload) ? decrypt(this.settings.keys, payload) : payload));
  }
}

function encrypt({ key }: Keys, { metadata, data }: Payload): Payload {
  return {
    metadata: { ...metadata, encoding: Buffer.from(ENCODING), 'encryption-key-id': Buffer.from(key.id) },
    data: Buffer.from(seal(key, Buffer.from(data ?? []), PLACE)),
  };
}

function decrypt({ ring }: Keys, { metadata, data }: Payload): Payload {
  const { 'encryption-key-id': _, ...rest } = metadata ?? {};
  // Only plain JSON is ever encrypted.
  return { metadata: { ...rest, encoding: Buffer.from('json/plain') }, data: open(ring, decodeText(data), PLACE) };
}

function isEncrypted({ metadata }: Payload): boolean {
  return decodeText(metadata?.['encoding']) === ENCODING;
}
