import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { linesOf, type NamedText } from './lines-of.js';
import type { TestSpace } from './test-spaces.js';

/** What a test writes for itself, sealed with its key: names end with it. */
export type PaperName =
  'columns' | 'events' | 'report' | 'scan' | 'guards' | `${'expected' | 'found' | 'checks' | 'made'}-${number}`;

/** Keeps a value in the folder of the test. Maps and sets stay what they are. */
export async function keepPaper(space: TestSpace, name: PaperName, value: unknown): Promise<void> {
  const content = Readable.from([Buffer.from(JSON.stringify(value, flattened))]);
  await space.deliveries.keepFile(space.customer, `paper-${name}`, { content, size: null });
}

/** A value that was kept before. @throws when there is none, or when it was changed */
export async function readPaper<Value>(space: TestSpace, name: PaperName): Promise<Value> {
  const file = space.deliveries.fileOf(space.customer, `paper-${name}`);
  return JSON.parse(await text(space.deliveries.read(file)), restored) as Value;
}

function flattened(_: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  return value instanceof Set ? { $set: [...value] } : value;
}

function restored(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$map' in value && Array.isArray(value.$map)) return new Map(value.$map as [unknown, unknown][]);
  return '$set' in value && Array.isArray(value.$set) ? new Set(value.$set) : value;
}

/** Everything that lies in the folder of a test, opened: line by line. */
export async function* papersOf(space: TestSpace): AsyncGenerator<NamedText> {
  for (const files of [space.days, space.deliveries]) {
    for (const name of await files.names(space.customer)) {
      yield* linesOf(name, files.read(files.fileOf(space.customer, name)));
    }
  }
}
