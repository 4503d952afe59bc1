import type { Payload } from '@temporalio/common';
import { z } from 'zod';

const base64 = z.string().transform((text) => Buffer.from(text, 'base64'));

/** As Temporal's codec servers take and answer payloads: bytes in base64. */
const Payloads = z.object({
  payloads: z.array(
    z
      .object({ metadata: z.record(z.string(), base64).nullish(), data: base64.nullish() })
      .transform(({ metadata, data }): Payload => ({ metadata: metadata ?? {}, data: data ?? null })),
  ),
});

/** null when it is something else. */
export function parsePayloads(body: string): Payload[] | null {
  try {
    return Payloads.parse(JSON.parse(body)).payloads;
  } catch {
    return null;
  }
}

export function renderPayloads(payloads: readonly Payload[]): object {
  return { payloads: payloads.map(renderPayload) };
}

function renderPayload({ metadata, data }: Payload): object {
  const rendered = Object.entries(metadata ?? {}).map(([key, value]) => [key, toBase64(value)]);
  return { metadata: Object.fromEntries(rendered) as object, ...(data ? { data: toBase64(data) } : {}) };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
