import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CutOff, DoubledColumn, EmptySource, MissingColumn, NotText } from '../../src/sync/records/errors.js';
import { KnownRows } from '../../src/sync/records/known-rows.js';
import { readRecords } from '../../src/sync/records/read-records.js';
import { canonicalText, rowHash } from '../../src/sync/records/row-hash.js';
import { readAll } from './builders.js';

const FILE = 'Id,First,Store\n1,Ann,North\n2,Bob,South\n';

function cp1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
}

describe('feature 20: a delivery is read', () => {
  it('into records with the row numbers of a spreadsheet', async () => {
    const { records, reading } = await readAll(FILE);
    expect(records).toEqual([
      { xid: '1', row: 2, fields: { Id: '1', First: 'Ann', Store: 'North' } },
      { xid: '2', row: 3, fields: { Id: '2', First: 'Bob', Store: 'South' } },
    ]);
    expect(reading.summary).toMatchObject({
      encoding: 'utf-8',
      separator: ',',
      columns: ['Id', 'First', 'Store'],
      rows: 2,
    });
    expect(reading.warnings.total).toBe(0);
  });

  it.each([',', ';', '\t', '|'])('separated by %j', async (separator) => {
    const { records, reading } = await readAll(FILE.replaceAll(',', separator));
    expect(reading.summary.separator).toBe(separator);
    expect(records[1]?.fields).toEqual({ Id: '2', First: 'Bob', Store: 'South' });
  });

  it('by the separator that finds the mapped columns, not the one that occurs most', async () => {
    const { reading } = await readAll('Id;Name, first, last, other\n1;a,b,c\n');
    expect(reading.summary.separator).toBe(';');
  });

  it('with line breaks in the names of its columns', async () => {
    const { records } = await readAll('"Id\nnumber";"First\nname"\r\n1;Ann\r\n', { idColumn: 'Id\nnumber' });
    expect(records).toEqual([{ xid: '1', row: 2, fields: { 'First\nname': 'Ann', 'Id\nnumber': '1' } }]);
  });

  it('with a line that announces the separator', async () => {
    const { records } = await readAll('sep=;\r\nId;First\r\n1;Ann\r\n');
    expect(records).toEqual([{ xid: '1', row: 3, fields: { Id: '1', First: 'Ann' } }]);
  });

  it.each(['\n', '\r\n', '\r'])('with line ends %j, with and without one at the end', async (lineEnd) => {
    for (const text of [FILE, FILE.trimEnd()]) {
      const { records } = await readAll(text.replaceAll('\n', lineEnd));
      expect(records.map(({ fields }) => fields?.['Store'])).toEqual(['North', 'South']);
    }
  });

  const names = 'Id,First\n1,Zoë\n2,Łukasz\n';
  it.each([
    ['UTF-8', Buffer.from(names), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${names}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${names}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 without a mark', Buffer.from(names, 'utf16le'), 'utf-16le'],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${names}`, 'utf16le').swap16(), 'utf-16be'],
  ])('in %s, cut at any byte', async (_, bytes, encoding) => {
    for (const pieces of [1, 2, 3, 100]) {
      const { records, reading } = await readAll(bytes, { pieces });
      expect(reading.summary.encoding).toBe(encoding);
      expect(records.map(({ fields }) => fields?.['First'])).toEqual(['Zoë', 'Łukasz']);
    }
  });

  it('in cp1252, also when the first such letter comes late or ends a piece', async () => {
    const filler = Array.from({ length: 2_000 }, (_, index) => `${index + 10},plain\n`).join('');
    for (const pieces of [1, 5_000, 8_191]) {
      const { records, reading } = await readAll(cp1252(`Id,First\n${filler}1,Zoë €\n`), { pieces });
      expect(reading.summary.encoding).toBe('windows-1252');
      expect(records.at(-1)?.fields?.['First']).toBe('Zoë €');
    }
  });

  it('with quotes: separators, quotes and lines inside a cell', async () => {
    const { records } = await readAll('Id,First\n1,"a, ""b""\r\nc"\n2,d\n', { pieces: 3 });
    expect(records.map(({ row, fields }) => [row, fields?.['First']])).toEqual([
      [2, 'a, "b"\r\nc'],
      [3, 'd'],
    ]);
  });

  it('the same in whatever pieces it comes', async () => {
    const content = 'Id;First;Store\r\n1;"A;b";x\r\n\r\n2;"5" pipe";y\r\n3;Zoë;z\r\n;;\r\n4;"l1\nl2";w\r\n5;short\r\n';
    const whole = await readAll(content, { pieces: 10_000 });
    for (let pieces = 1; pieces < 40; pieces++) {
      const { records, reading } = await readAll(content, { pieces });
      expect(records).toEqual(whole.records);
      expect(reading.warnings.kept).toEqual(whole.reading.warnings.kept);
    }
  });

  it('in chunks of the wanted size', async () => {
    const { reading } = await readAll(FILE, { chunkSize: 1 });
    expect(reading.summary.rows).toBe(2);
  });

  it('with ids that keep their zeros and lose their blanks', async () => {
    const { records } = await readAll('Id,First\n 0004711 ,Ann\n');
    expect(records[0]).toMatchObject({ xid: '0004711', fields: { Id: ' 0004711 ' } });
  });
});

describe('a bad row is warned of by number and stops nobody', () => {
  const codes = async (content: string) => {
    const { records, reading } = await readAll(content, { idColumn: 'Id' });
    return {
      read: records.filter(({ fields }) => fields !== null).map(({ xid }) => xid),
      present: records.filter(({ fields }) => fields === null).map(({ xid }) => xid),
      warnings: reading.warnings.kept.map(({ code, rows, xid }) => [code, rows[0], xid]),
    };
  };

  it('too few cells: the person counts as present', async () => {
    expect(await codes('Id,First,Store\n1,Ann\n2,Bob,South\n')).toEqual({
      read: ['2'],
      present: ['1'],
      warnings: [['too_few_fields', 2, '1']],
    });
  });

  it('too many cells: whoever it may be about counts as present', async () => {
    expect(await codes('First,Id,Store\nAnn, 5, 1,North\nBob,2,South\n')).toEqual({
      read: ['2'],
      present: ['5', '1'],
      warnings: [['too_many_fields', 2, '5']],
    });
  });

  it('too many cells before the id and behind it: whoever stands between counts as present too', async () => {
    expect(await codes('First,Id,Store\nSmith, Ann,5,North, Hall\nBob,2,South\nJones, Kim,7,North,,\n')).toEqual({
      read: ['2'],
      present: ['Ann', '5', 'North', 'Kim', '7', 'North'],
      warnings: [
        ['too_many_fields', 2, 'Ann'],
        ['too_many_fields', 4, 'Kim'],
      ],
    });
    expect(await codes(`First,Id,Store\nBob,2,South\n${'x,'.repeat(30)}5\n`)).toEqual({
      read: ['2'],
      present: [],
      warnings: [['too_many_fields', 3, null]],
    });
  });

  it('empty cells at the end are no mistake', async () => {
    expect(await codes('Id,First,\n1,Ann,,,\n')).toEqual({ read: ['1'], present: [], warnings: [] });
  });

  it('an empty id', async () => {
    expect(await codes('Id,First\n ,Ann\n2,Bob\n')).toEqual({
      read: ['2'],
      present: [],
      warnings: [['empty_id', 2, null]],
    });
  });

  it.each(['#N/A', '#VERW!', '#NAME?', '#####'])('an id that a spreadsheet could not give, %s', async (id) => {
    expect(await codes(`Id,First\n${id},Ann\n2,Bob\n`)).toEqual({
      read: ['2'],
      present: [],
      warnings: [['error_id', 2, null]],
    });
  });

  it('a row that cannot be read and names nobody may be about anybody', async () => {
    const { records, reading } = await readAll('Id,First,Store\n,"5" pipe,a\n#N/A,x\n3,x\n');
    expect(records.map(({ xid }) => xid)).toEqual(['3']);
    expect(reading.summary).toMatchObject({ rows: 3, unreadable: 1, withoutId: 2 });
  });

  it('a blank row counts, and says nothing', async () => {
    const { records } = await readAll('Id,First\n\n,,\n  \n4,Ann\n');
    expect(records.map(({ row }) => row)).toEqual([5]);
  });

  it('a stray quote costs its own line only', async () => {
    expect(await codes('Id,First,Store\n1,"5" pipe,a\n2,Bob,"b"\n3,"x"y,c\n4,Dan,d\n')).toEqual({
      read: ['2', '4'],
      present: ['1', '3'],
      warnings: [
        ['stray_quote', 2, '1'],
        ['stray_quote', 4, '3'],
      ],
    });
  });

  it('damaged letters are named by column', async () => {
    const { reading } = await readAll(`Id,First\n1,Zo\ufffd\n2,ok\n3,${'x'.repeat(5_000)}\n4,a\u0000b\n`);
    expect(reading.warnings.kept.map(({ code, rows, column }) => [code, rows, column])).toEqual([
      ['damaged_text', [2], 'First'],
      ['damaged_text', [5], 'First'],
    ]);
  });

  it('the header: empty and doubled names', async () => {
    const { records, reading } = await readAll('Id,,Note,Note\n1,a,b,c\n');
    expect(records[0]?.fields).toEqual({ Id: '1', Note: 'b' });
    expect([...reading.warnings.counts]).toEqual([
      ['doubled_header', 1],
      ['empty_header', 1],
    ]);
  });

  it('many warnings are counted, and the first kept', async () => {
    const { reading } = await readAll(`Id,First\n${',Ann\n'.repeat(50)}1,Ann\n`, { keptWarnings: 3 });
    expect(reading.warnings.kept).toHaveLength(3);
    expect(reading.warnings.counts.get('empty_id')).toBe(50);
    expect(reading.summary).toMatchObject({ rows: 51, withoutId: 50 });
  });

  it('no warning carries a value of the record', async () => {
    const { reading } = await readAll(
      'Id,First,Store\n1,Secretive\n,Secretive,x\n2,"Secretive"x,y\n3,Secretive\ufffd,z\n',
    );
    expect(reading.warnings.total).toBe(4);
    expect(JSON.stringify(reading.warnings.kept)).not.toContain('Secretive');
  });
});

describe('a delivery that cannot be used as a whole is refused', () => {
  it.each([
    ['no byte', ''],
    ['blanks', ' \n \n'],
    ['only a header', 'Id,First\n'],
    ['only a header without line end', 'Id,First'],
  ])('empty: %s', async (_, content) => {
    await expect(readAll(content)).rejects.toThrow(EmptySource);
  });

  it.each([
    ['in an open quote', 'Id,First\n1,Ann\n2,"Bo'],
    ['in a quote with lines', 'Id,First\n1,Ann\n2,"Bo\n3,Cy\n'],
    ['in a row', 'Id,First,Store\n1,Ann,North\n2,Bo'],
    ['behind the id', 'Id,First,Store\n1,Ann,North\n2'],
  ])('cut off %s', async (_, content) => {
    await expect(readAll(content)).rejects.toThrow(CutOff);
    await expect(readAll(content)).rejects.toThrow('row 3');
  });

  it('when a line has no end, as soon as it is longer than any row', async () => {
    let pieces = 0;
    async function* content(): AsyncGenerator<Buffer> {
      yield Buffer.from('Id,First\n'.padEnd(5_000, '1,Ann\n'));
      for (; pieces < 400; pieces++) yield await Promise.resolve(Buffer.alloc(262_144, 'z'));
    }
    const reading = readRecords(content(), { idColumn: 'Id', requiredColumns: [], known: new KnownRows() });
    const all = async (): Promise<void> => {
      for await (const chunk of reading) expect(chunk).toBeDefined();
    };
    await expect(all()).rejects.toThrow(CutOff);
    expect(pieces).toBeLessThan(20);
  });

  it('when a quote in its middle is never closed; one that a later quote shows to be stray costs its row alone', async () => {
    const behind = Array.from({ length: 2_000 }, (_, index) => `${index + 3},Cy`);
    const file = (last: string): string => ['Id,First', '1,Ann', '2,"Bo', ...behind, last, ''].join('\n');
    await expect(readAll(file('9000,Eve'))).rejects.toThrow('row 3 opens a quote that is never closed');
    const { records, reading } = await readAll(file('9000,"Eve"'));
    expect(records).toHaveLength(2_003);
    expect(records.filter(({ fields }) => fields === null).map(({ row }) => row)).toEqual([3]);
    expect([...reading.warnings.counts]).toEqual([['stray_quote', 1]]);
  });

  it('an open quote never eats the memory', async () => {
    await expect(readAll(`Id,First\n1,"Ann\n${'x'.repeat(1_200_000)}`, { pieces: 65_536 })).rejects.toThrow(CutOff);
  });

  it('without a mapped column, named with the nearest present one', async () => {
    const reading = readAll(FILE, { requiredColumns: ['First', 'Stores'] });
    await expect(reading).rejects.toThrow(MissingColumn);
    await expect(reading).rejects.toThrow('The file has no column "Stores". Did you mean "Store"?');
    await expect(readAll(FILE, { idColumn: 'ID' })).rejects.toThrow('Did you mean "Id"?');
  });

  it('with a mapped column twice', async () => {
    await expect(readAll('Id,First,First\n1,a,b\n', { requiredColumns: ['First'] })).rejects.toThrow(DoubledColumn);
  });

  it.each([
    ['an archive', Buffer.from('1f8b08000000', 'hex')],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['some other binary', Buffer.concat([Buffer.from('Id,First\n'), Buffer.alloc(3), Buffer.from('x\n1,2\n')])],
  ])('%s', async (_, bytes) => {
    await expect(readAll(bytes, { pieces: 1 })).rejects.toThrow(NotText);
  });

  it('every refusal says that nothing was changed', async () => {
    await expect(readAll('')).rejects.toThrow(/Nothing was changed\.$/);
  });
});

describe('the hash of a row', () => {
  const fields = fc.dictionary(fc.string({ minLength: 1 }), fc.string());

  it('does not depend on the order of columns', () => {
    fc.assert(
      fc.property(fields, (row) => {
        const turned = Object.fromEntries(Object.entries(row).reverse());
        expect(canonicalText(turned)).toBe(canonicalText(row));
        expect(rowHash(turned)).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });

  it('tells rows apart that look alike', () => {
    const rows: Record<string, string>[] = [
      { a: 'x', b: '' },
      { a: '', b: 'x' },
      { a: 'x' },
      { a: '"x' },
      { 9: '', 10: 'x' },
      { 9: 'x', 10: '' },
      {},
    ];
    const hashes = rows.map((row) => rowHash(row));
    expect(new Set([...hashes, rowHash(null)]).size).toBe(8);
  });

  it('is that of the JSON with sorted columns', () => {
    expect(canonicalText({ b: '1', a: 'é"', 10: 'x', 9: 'y' })).toBe('{"10":"x","9":"y","a":"é\\"","b":"1"}');
  });
});

it('reads the sample of a real HR export to its last byte', async () => {
  const { records, reading } = await readAll(
    readFileSync(new URL('../../examples/woodgrove/day-1.csv', import.meta.url)),
    {
      idColumn: 'WorkerID',
      pieces: 65_536,
    },
  );
  expect(records).toHaveLength(1_000);
  expect(records.at(-1)).toMatchObject({ row: 1_001, xid: '1231' });
  expect(reading.warnings.total).toBe(0);
});
