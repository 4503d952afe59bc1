import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CutOff } from '../../src/sync/records/errors.js';
import { keptForm, readKept, UnknownRowsForm } from '../../src/sync/records/kept-rows.js';
import { KnownRows } from '../../src/sync/records/known-rows.js';
import { hashLine } from '../../src/sync/records/line-hash.js';
import { readRecords, type ReadSummary } from '../../src/sync/records/read-records.js';
import { rowHash } from '../../src/sync/records/row-hash.js';

/** What a delivery comes to, beside the rows of the one before it. */
interface Read {
  readonly known: KnownRows;
  readonly summary: ReadSummary;
  readonly warnings: readonly unknown[];
  readonly changed: readonly string[];
  readonly vanished: readonly string[];
  /** Rows that had to be parsed. */
  readonly parsed: number;
}

async function read(content: string | Buffer, known = new KnownRows(undefined, 7), pieces = 1_000_000): Promise<Read> {
  const bytes = Buffer.from(content);
  const stream = Readable.from(
    Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, index) =>
      bytes.subarray(index * pieces, (index + 1) * pieces),
    ),
  );
  const reading = readRecords(stream, { idColumn: 'Id', requiredColumns: [], known });
  const changed: string[] = [];
  let parsed = 0;
  for await (const chunk of reading) {
    for (const { xid, fields, line } of chunk) {
      parsed += 1;
      const hash = fields === null ? 'unreadable' : rowHash(fields);
      const copies = known.sawRow(xid, hash, line ?? null);
      if (copies !== null) changed.push(`${xid} ${hash} ${copies + 1}`);
    }
  }
  const vanished = namesOf([...known.unseen()].map(({ xid, hash, copies }) => ({ name: `${xid} ${hash}`, copies })));
  expect(known.seen).toBe(known.count - vanished.length);
  known.forgetUnseen();
  known.reading = reading.lineReading;
  const { summary, warnings } = reading;
  return { known, summary, warnings: warnings.kept, changed, vanished, parsed };
}

/** A quote that is never closed cuts a delivery off, and the words say in which row. */
async function readOrCutOff(...delivery: Parameters<typeof read>): Promise<Read | string> {
  try {
    return await read(...delivery);
  } catch (error) {
    if (error instanceof CutOff) return error.message;
    throw error;
  }
}

/** The last copies go first. */
function namesOf(rows: readonly { readonly name: string; readonly copies: number }[]): readonly string[] {
  const gone = new Map<string, number>();
  return rows.map(({ name, copies }) => {
    const before = gone.get(name) ?? 0;
    gone.set(name, before + 1);
    return `${name} ${copies - before}`;
  });
}

function rowsOf({ rows }: KnownRows): readonly string[] {
  return Array.from({ length: rows.count }, (_, entry) => `${rows.xidOf(entry)} ${rows.hashOf(entry)}`).sort();
}

async function keptAndRead(known: KnownRows): Promise<KnownRows> {
  return readKept(Readable.from(keptForm(known)));
}

/** From the second block on, lines are looked up; and the first one begins with the header. */
const FILLER = Array.from({ length: 400 }, (_, index) => `f${index},filler,x`).join('\n');

test('a delivery of which every line is known is parsed only where it begins, whatever the order of its lines', async () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => `${index},Name ${index},"Store, ${index % 7}"`);
  const first = await read(`Id,First,Store\n${lines.join('\n')}\n`, undefined, 8_192);
  expect(first.changed).toHaveLength(2_000);
  const again = await read(`Id,First,Store\n${lines.join('\n')}\n`, await keptAndRead(first.known), 8_192);
  expect(again).toMatchObject({ changed: [], vanished: [], summary: { rows: 2_000 } });
  expect(again.parsed).toBeLessThan(400);
  const turned = await read(`Id,First,Store\n${lines.reverse().join('\n')}\n`, await keptAndRead(again.known), 8_192);
  expect(turned).toMatchObject({ changed: [], vanished: [], summary: { rows: 2_000 } });
  expect(turned.parsed).toBeLessThan(400);
});

const CELL = fc.constantFrom(
  'a',
  'b',
  ' ',
  '',
  'é',
  '"q"',
  '"a, b"',
  '"two\nlines"',
  '"x""y"',
  '"5" pipe',
  'l"',
  '\ufffd',
  '0\0',
);
const LINE = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom('1', '2', '3', '"4"', ' 5', ''), CELL, CELL).map((cells) => cells.join(',')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ',,',
      '1,short',
      '2,much,too,long',
      '"1",a,b',
      '1,a,b',
      'a,b,c',
      'lines",b',
      '1,"open',
      'close",b',
    ),
  },
);
const ROSTER = fc.array(LINE, { maxLength: 12 });

test('a delivery read beside what is known of any other comes to the same as one read alone', async () => {
  const property = fc.asyncProperty(
    ROSTER,
    ROSTER,
    fc.integer({ min: 1, max: 60 }),
    fc.boolean(),
    async (a, b, pieces, isWindows) => {
      const lineEnd = isWindows ? '\r\n' : '\n';
      const file = (lines: readonly string[]) =>
        ['Id,First,Store', FILLER, ...lines, '9,last,one', ''].join('\n').replaceAll('\n', lineEnd);
      const before = await readOrCutOff(file(a), undefined, 4_096 + pieces);
      if (typeof before === 'string') return;
      const alone = await readOrCutOff(file(b), undefined, 4_096 + pieces);
      const beside = await readOrCutOff(file(b), await keptAndRead(before.known), 4_096 + pieces);
      if (typeof alone === 'string' || typeof beside === 'string') return void expect(beside).toEqual(alone);
      expect(rowsOf(beside.known)).toEqual(rowsOf(alone.known));
      expect(beside.summary).toEqual(alone.summary);
      expect(beside.warnings).toEqual(alone.warnings);
      // Names of rows: what there was, without what vanished, with what is new, is what there is.
      const names = new Set(before.changed);
      for (const name of beside.vanished) expect(names.delete(name)).toBe(true);
      for (const name of beside.changed) expect(names.has(name)).toBe(false);
      expect([...names, ...beside.changed].sort()).toEqual([...alone.changed].sort());
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test('a line means nothing where the file is read in another way', async () => {
  const file = (header: string, store: string) => `${header}\n${FILLER}\n1,Ann,${store}\n`;
  const { known } = await read(file('Id,First,Store', 'Zoë'));
  const swapped = await read(file('Id,Store,First', 'Zoë'), await keptAndRead(known));
  expect(swapped.changed).toHaveLength(401);
  const plain = await read(file('Id,First,Store', 'x'), await keptAndRead(known));
  const ansi = Buffer.from(file('Id,First,Store', 'Zoë'), 'latin1');
  const asAnsi = await read(ansi, await keptAndRead(known));
  expect(asAnsi).toMatchObject({ changed: [], vanished: [], summary: { encoding: 'windows-1252' } });
  expect(plain.changed).toHaveLength(1);
});

test('a row that cannot be read, and a damaged letter, are warned of every day', async () => {
  const file = `Id,First,Store\n${FILLER}\n1,short\n2,Zo\ufffd,x\n3,"5" pipe,y\n4,a,b\n`;
  const first = await read(file);
  const again = await read(file, await keptAndRead(first.known), 4_200);
  expect(first.warnings).toHaveLength(3);
  expect(again.warnings).toEqual(first.warnings);
  expect(again).toMatchObject({ changed: [], vanished: [] });
});

test('kept rows that are cut off or of another version are not used', async () => {
  const { known } = await read('Id,First\n1,Ann\n2,Bo\n');
  const bytes = Buffer.concat([...keptForm(known)]);
  for (const length of [0, 3, 20, bytes.length - 1])
    await expect(readKept(Readable.from([bytes.subarray(0, length)]))).rejects.toThrow(UnknownRowsForm);
  const other = Buffer.from(bytes.toString('latin1').replace('"version":1', '"version":2'), 'latin1');
  await expect(readKept(Readable.from([other]))).rejects.toThrow(UnknownRowsForm);
});

test('the hash of a line is MurmurHash3, wherever the line begins', () => {
  for (let from = 0; from < 8; from += 1) {
    const bytes = Buffer.alloc(96, 0x55);
    const text = 'The quick brown fox jumps over the lazy dog';
    bytes.write(text, from);
    const hash = new Int32Array(4);
    hashLine(new Int32Array(new Uint8Array(bytes).buffer), from, from + text.length, 0, hash);
    expect(Buffer.from(hash.buffer).swap32().toString('hex')).toBe('2f1583c3ecee2c675d7bf66ce5e91d2c');
  }
});
