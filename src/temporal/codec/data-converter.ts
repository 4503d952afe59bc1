import type { DataConverter } from '@temporalio/common';
import { FreeTextCodec, type CodecSettings } from './free-text-codec.js';

/** For every client and worker of ours, so that all of them read what any of them wrote. */
export function createDataConverter(settings: CodecSettings): DataConverter {
  return { payloadCodecs: [new FreeTextCodec(settings)] };
}
