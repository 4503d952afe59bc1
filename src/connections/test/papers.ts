import { Readable } from 'node:stream';
import { linesOf, type NamedText } from './lines-of.js';
import { readFromLines, writtenInLines } from './paper-lines.js';
import type { TestSpace } from './test-spaces.js';

/** What a test writes for itself, sealed with its key: names end with it. */
export type PaperName =
  'columns' | 'events' | 'report' | 'scan' | 'guards' | `${'expected' | 'found' | 'checks' | 'made'}-${number}`;

/** Keeps a value in the folder of the test. Maps and sets stay what they are. */
export async function keepPaper(space: TestSpace, name: PaperName, value: unknown): Promise<void> {
  const content = Readable.from(writtenInLines(value));
  await space.deliveries.keepFile(space.customer, `paper-${name}`, { content, size: null });
}

/** A value that was kept before. @throws when there is none, or when it was changed */
export async function readPaper<Value>(space: TestSpace, name: PaperName): Promise<Value> {
  const file = space.deliveries.fileOf(space.customer, `paper-${name}`);
  return readFromLines<Value>(linesOf(name, space.deliveries.read(file)));
}

/** Everything that lies in the folder of a test, opened: line by line. */
export async function* papersOf(space: TestSpace): AsyncGenerator<NamedText> {
  for (const files of [space.days, space.deliveries]) {
    for (const name of await files.names(space.customer)) {
      yield* linesOf(name, files.read(files.fileOf(space.customer, name)));
    }
  }
}
