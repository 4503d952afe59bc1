import type { Client } from '@temporalio/client';
import type { Payload, PayloadCodec } from '@temporalio/common';

/** What the histories of this workflow and of those whose id begins with it say: every text, payloads decoded. */
export async function* textsOfHistories(client: Client, workflowId: string): AsyncGenerator<string> {
  const codecs = client.options.loadedDataConverter.payloadCodecs;
  for await (const { workflowId: id, runId } of client.workflow.list({
    query: `WorkflowId STARTS_WITH "${workflowId}"`,
  })) {
    if (id !== workflowId && !id.startsWith(`${workflowId}/`)) continue;
    const { events } = await client.workflow.getHandle(id, runId).fetchHistory();
    for (const event of events ?? []) yield* textsIn(event, codecs);
  }
}

async function* textsIn(value: unknown, codecs: readonly PayloadCodec[]): AsyncGenerator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  if (isPayload(value)) {
    yield await decoded(value, codecs);
    return;
  }
  for (const inner of Object.values(value)) yield* textsIn(inner, codecs);
}

function isPayload(value: object): value is Payload & { readonly data: Uint8Array } {
  return 'metadata' in value && 'data' in value && value.data instanceof Uint8Array;
}

async function decoded(payload: Payload, codecs: readonly PayloadCodec[]): Promise<string> {
  let payloads: Payload[] = [payload];
  for (const codec of [...codecs].reverse()) payloads = await codec.decode(payloads);
  return Buffer.from(payloads[0]?.data ?? []).toString('utf8');
}
