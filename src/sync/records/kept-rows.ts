import { z } from 'zod';
import { KnownRows } from './known-rows.js';
import { RowList } from './row-list.js';

/** What stands before the rows, as JSON. */
const Preface = z.object({
  version: z.literal(1),
  rows: z.number().int().min(0),
  textBytes: z.number().int().min(0),
  seed: z.number().int(),
  /** Numbers of another byte order would be no hashes of anything. */
  littleEndian: z.boolean(),
  reading: z
    .object({
      encoding: z.string(),
      separator: z.string(),
      idColumn: z.string(),
      header: z.array(z.string()).readonly(),
    })
    .nullable(),
});

/** The rows of an earlier delivery were kept in a form that this version does not read. Nothing is lost: they are in Postgres. */
export class UnknownRowsForm extends Error {
  override readonly name = 'UnknownRowsForm';
}

const LENGTH_BYTES = 4;
const PIECE_BYTES = 256 * 1024;

/** Known rows as bytes, to be kept until the next delivery: the length of the preface, the preface, the rows. */
export function* keptForm({ rows, seed, reading }: KnownRows): Generator<Buffer> {
  const { count, textBytes } = rows;
  const preface = { version: 1, rows: count, textBytes, seed, littleEndian: isLittleEndian(), reading } as const;
  const text = Buffer.from(JSON.stringify(preface satisfies z.infer<typeof Preface>));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  yield length;
  yield text;
  for (const part of rows.memory())
    for (let at = 0; at < part.length; at += PIECE_BYTES) yield part.subarray(at, at + PIECE_BYTES);
}

/** @throws UnknownRowsForm, and whatever the stream throws. */
export async function readKept(stream: AsyncIterable<Uint8Array>): Promise<KnownRows> {
  let start = Buffer.alloc(0);
  let filling: Filling | null = null;
  for await (const piece of stream) {
    if (filling !== null) filling.take(piece);
    else {
      start = Buffer.concat([start, piece]);
      filling = begin(start);
    }
  }
  if (filling === null || !filling.isFull) throw new UnknownRowsForm('The kept rows are cut off.');
  return filling.known;
}

/** null while the preface is not there as a whole. */
function begin(start: Buffer): Filling | null {
  if (start.length < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + start.readUInt32LE();
  if (start.length < end) return null;
  const parsed = Preface.safeParse(JSON.parse(start.toString('utf8', LENGTH_BYTES, end)));
  if (!parsed.success || parsed.data.littleEndian !== isLittleEndian())
    throw new UnknownRowsForm('The kept rows have a form of another version.');
  const filling = new Filling(parsed.data);
  filling.take(start.subarray(end));
  return filling;
}

class Filling {
  readonly known: KnownRows;
  private readonly parts: readonly Buffer[];
  private part = 0;
  private at = 0;

  constructor({ rows, textBytes, seed, reading }: z.infer<typeof Preface>) {
    const { list, memory } = RowList.toFill(rows, textBytes);
    this.known = new KnownRows(list, seed, reading);
    this.parts = memory;
  }

  take(piece: Uint8Array): void {
    let rest = piece;
    while (rest.length > 0) {
      const part = this.parts[this.part];
      if (part === undefined) throw new UnknownRowsForm('More rows were kept than there are.');
      const taken = rest.subarray(0, part.length - this.at);
      part.set(taken, this.at);
      this.at += taken.length;
      rest = rest.subarray(taken.length);
      if (this.at < part.length) return;
      this.part += 1;
      this.at = 0;
    }
  }

  get isFull(): boolean {
    return this.parts.slice(this.part).every((part) => part.length === 0);
  }
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
}
