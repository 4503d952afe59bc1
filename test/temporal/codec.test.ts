import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, type DataConverter, type Payload } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../../src/log.js';
import { WrongKey } from '../../src/secrets/errors.js';
import type { Keys } from '../../src/secrets/keys.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { createDataConverter } from '../../src/temporal/codec/data-converter.js';
import { FREE_TEXT_KEYS } from '../../src/temporal/codec/free-text.js';
import { FreeTextCodec } from '../../src/temporal/codec/free-text-codec.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { collectTexts } from '../support/history-texts.js';
import { testTemporal, type TestTemporal } from '../support/test-temporal.js';
import { until } from '../support/until.js';
import {
  approve,
  ask,
  heard,
  type conversation,
  type Conversation,
  type ConversationActivities,
} from './programs/free-text-flow.js';

const keys = ringOf(aKey());

describe('the codec', () => {
  const codec = new FreeTextCodec({ keys, encodes: true });

  test.each(FREE_TEXT_KEYS)('encrypts a payload with a %s, at any depth', async (key) => {
    for (const value of [{ [key]: 'please wait' }, { steps: [{ at: 1, about: { [key]: 'please wait' } }] }]) {
      const [encoded] = await codec.encode([payloadOf(value)]);
      expect(textOf(encoded)).not.toContain('please wait');
      expect(Buffer.from(encoded?.metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted');
      expect(await decodedBy(codec, encoded)).toEqual(value);
    }
  });

  test('leaves ids, counts, summaries and empty comments readable', async () => {
    for (const value of [{ customer: 'korenaar', run: 3 }, 'Fetch korenaar.csv', 7, null, [], { comment: '' }]) {
      const payload = payloadOf(value);
      expect(await codec.encode([payload])).toEqual([payload]);
    }
  });

  test('passes on what is no JSON, or only says that it is', async () => {
    const odd = [
      { metadata: { encoding: Buffer.from('binary/plain') }, data: Buffer.from('{"text":"a"}') },
      { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"text":') },
      { metadata: { encoding: Buffer.from('binary/null') } },
      {},
    ];
    expect(await codec.encode(odd)).toEqual(odd);
    expect(await codec.decode(odd)).toEqual(odd);
  });

  test('keeps what else a payload says of itself', async () => {
    const metadata = { encoding: Buffer.from('json/plain'), team: Buffer.from('hr') };
    const payload = { metadata, data: Buffer.from('{"text":"a"}') };
    expect(await codec.decode(await codec.encode([payload]))).toEqual([payload]);
  });

  test('looks into JSON that nests deeper than a stack', async () => {
    const depth = 100_000;
    const data = Buffer.from(`${'[{"a":'.repeat(depth)}{"text":"so deep"}${'}]'.repeat(depth)}`);
    const [encoded] = await codec.encode([{ metadata: { encoding: Buffer.from('json/plain') }, data }]);
    // With a space: the words are sealed in Base64, which holds any four letters by chance.
    expect(textOf(encoded)).not.toContain('so deep');
  });

  test('never makes the same text of the same words twice', async () => {
    const [one, other] = await codec.encode([payloadOf({ text: 'a' }), payloadOf({ text: 'a' })]);
    expect(textOf(one)).not.toBe(textOf(other));
  });

  test('decodes what an earlier key encoded, and refuses without it', async () => {
    const [encoded] = await codec.encode([payloadOf({ text: 'from before' })]);
    const newKey = aKey();
    const after = new FreeTextCodec({ keys: { ...ringOf(newKey), ring: [newKey, keys.key] }, encodes: true });
    expect(await decodedBy(after, encoded)).toEqual({ text: 'from before' });
    const without = new FreeTextCodec({ keys: ringOf(newKey), encodes: true });
    await expect(decodedBy(without, encoded)).rejects.toThrow(WrongKey);
  });

  test('encodes nothing new when it is switched off, and still decodes', async () => {
    const off = new FreeTextCodec({ keys, encodes: false });
    const payload = payloadOf({ text: 'readable' });
    expect(await off.encode([payload])).toEqual([payload]);
    const [encoded] = await codec.encode([payload]);
    expect(await decodedBy(off, encoded)).toEqual({ text: 'readable' });
  });

  test('brings a flood of payloads through in their order', async () => {
    const flood = Array.from({ length: 5_000 }, (_, index) => payloadOf(index % 2 ? index : { text: `line ${index}` }));
    const through = await codec.decode(await codec.encode(flood));
    expect(through.map(textOf)).toEqual(flood.map(textOf));
  });
});

describe('a workflow with the codec', () => {
  const dataConverter = createDataConverter({ keys, encodes: true });
  let temporal: TestTemporal;
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    await installRuntime(createLogger('silent'), false);
    temporal = await testTemporal(dataConverter);
    worker = await workerWith(temporal, dataConverter);
    running = worker.run();
  });

  afterAll(async () => {
    worker.shutdown();
    await running;
    await temporal.close();
  });

  async function talk(id: string, histories: number): Promise<WorkflowHandle<typeof conversation>> {
    const order: Conversation = { customer: 'korenaar', histories };
    const { workflow } = temporal.client;
    return workflow.start<typeof conversation>('conversation', { workflowId: id, taskQueue: 'talk', args: [order] });
  }

  async function say(client: Client, id: string, text: string): Promise<{ readonly note: string }> {
    const handle = client.workflow.getHandle(id);
    await handle.signal(ask, { by: 'c-hr', text });
    return handle.executeUpdate(approve, { args: [{ by: 'staff-1', comment: `yes to ${text}` }] });
  }

  test('hears signals, updates, queries and activities; Temporal keeps none of the words', async () => {
    const handle = await talk('said-once', 1);
    expect(await say(temporal.client, 'said-once', 'pink elephants')).toEqual({ note: 'noted: yes to pink elephants' });
    expect(await handle.result()).toEqual({ text: 'PINK ELEPHANTS, yes to pink elephants' });
    expect(await handle.query(heard)).toEqual([{ text: 'pink elephants' }]);

    const texts = [...collectTexts(await handle.fetchHistory()).all];
    expect(texts.filter((text) => /pink elephants/i.test(text))).toEqual([]);
    // What is nobody's words stays readable.
    expect(texts).toContain('{"customer":"korenaar","histories":1}');
    expect(texts).toContain('"Answers korenaar"');
  });

  test('is not read without the codec', async () => {
    const { connection, namespace } = temporal;
    const stranger = new Client({ connection, namespace });
    await expect(stranger.workflow.getHandle('said-once').result()).rejects.toThrow(/encoding/);
    const wrong = createDataConverter({ keys: ringOf(aKey()), encodes: true });
    const stranded = new Client({ connection, namespace, dataConverter: wrong });
    await expect(stranded.workflow.getHandle('said-once').result()).rejects.toThrow(/sealed with master key/);
  });

  test('carries what was said over to its next history', async () => {
    const handle = await talk('continued', 2);
    const { runId: first } = await handle.describe();
    await say(temporal.client, 'continued', 'one');
    const { workflow } = temporal.client;
    await until(async () => (await workflow.getHandle('continued').describe()).runId !== first);
    await say(temporal.client, 'continued', 'two');
    expect(await handle.result()).toEqual({ text: 'ONE, yes to one, TWO, yes to two' });
  });

  test('understands what a person types without the codec', async () => {
    const handle = await talk('typed', 1);
    const { connection, namespace } = temporal;
    const typing = new Client({ connection, namespace });
    await typing.workflow.getHandle('typed').signal(ask, { by: 'pm-1', text: 'plain words' });
    await temporal.client.workflow.getHandle('typed').executeUpdate(approve, { args: [{ by: 'pm-1', comment: 'ok' }] });
    expect(await handle.result()).toEqual({ text: 'PLAIN WORDS, ok' });
  });
});

async function workerWith(
  { nativeConnection, namespace }: TestTemporal,
  dataConverter: DataConverter,
): Promise<Worker> {
  const activities: ConversationActivities = {
    repeat: ({ text }) => Promise.resolve({ answer: text.toUpperCase() }),
  };
  const workflowsPath = fileURLToPath(new URL('./programs/free-text-flow.ts', import.meta.url));
  const parts = { connection: nativeConnection, namespace, taskQueue: 'talk', workflowsPath };
  return Worker.create({ ...parts, activities: { ...activities }, dataConverter });
}

function aKey() {
  return parseMasterKey(randomBytes(32).toString('hex'), 'a test');
}

function ringOf(key: Keys['key']): Keys {
  return { key, old: [], ring: [key] };
}

function payloadOf(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value) ?? {};
}

function textOf(payload: Payload | undefined): string {
  return Buffer.from(payload?.data ?? []).toString();
}

async function decodedBy(codec: FreeTextCodec, payload: Payload | undefined): Promise<unknown> {
  const [decoded] = await codec.decode(payload === undefined ? [] : [payload]);
  return defaultPayloadConverter.fromPayload(decoded ?? {});
}
