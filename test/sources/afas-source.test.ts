import fc from 'fast-check';
import { text } from 'node:stream/consumers';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SourceMoved, SourceWithoutRows } from '../../src/sources/api-errors.js';
import { readAfasFields } from '../../src/sources/afas/afas-source.js';
import { KeyTooCoarse, UnknownField } from '../../src/sources/afas/errors.js';
import type { AfasSettings } from '../../src/sources/afas/settings.js';
import type { SourceReadOptions } from '../../src/sources/source.js';
import { readRecords } from '../../src/sync/records/read-records.js';
import { AfasServer, type Connector, type Row } from './afas-server.js';

let afas: AfasServer;
const people: Connector = { rows: [], fields: ['Medewerker', 'Naam', 'Functie'] };

beforeEach(async () => {
  people.rows = employees(12);
  afas = await AfasServer.start({ Medewerkers: people });
});
afterEach(async () => {
  expect(afas.complaints).toEqual([]);
  await afas.close();
});

describe('a connector', () => {
  it('is read page by page and delivered as one CSV file of this moment', async () => {
    const before = Date.now();
    const source = afas.source();
    const delivery = await source.newest();
    expect(delivery).toMatchObject({ name: 'Medewerkers.csv', size: null });
    expect(delivery.modifiedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(await text(delivery.content)).toBe(
      `Medewerker,Naam,Functie\r\n${employees(12)
        .map(({ Medewerker, Naam, Functie }) => `${Medewerker as string},${Naam as string},${Functie as string}\r\n`)
        .join('')}`,
    );
    expect(await delivery.archive()).toBe(false);
    expect(afas.pages.every(({ query }) => query.get('orderbyfieldids') === 'Medewerker')).toBe(true);
    await source.close();
  });

  it.each([1, 2, 3, 4, 5, 6, 9, 10, 11])('of %d rows is read whole, whatever a page confirms', async (count) => {
    people.rows = employees(count);
    for (const confirms of ['asked', 'given', 'nothing'] as const) {
      afas.confirms = confirms;
      expect(await idsOf(), confirms).toEqual(employees(count).map(({ Medewerker }) => Medewerker));
    }
  });

  it('is read whole from a server that gives less than it is asked for', async () => {
    afas.silentLimit = 4;
    for (const confirms of ['given', 'nothing'] as const) {
      afas.confirms = confirms;
      expect(await idsOf({ take: 100 }), confirms).toHaveLength(12);
    }
  });

  it('keeps several rows of one person, and gives the same file for the same rows', async () => {
    const second = ['0002', '0003', '0011', '0012'].map((id) => anEmployee(id, { Functie: 'Chef' }));
    people.rows = [...employees(12), ...second, anEmployee('0003')];
    for (const take of [5, 7, 100]) {
      const files = await Promise.all(Array.from({ length: 8 }, () => read({ take })));
      expect(new Set(files).size).toBe(1);
      expect(files[0]?.match(/^0003,/gm)).toHaveLength(3);
      expect(idsIn(files[0] ?? '')).toHaveLength(17);
    }
  });

  it('has its columns in the order of the metainfo, else as they are first seen', async () => {
    people.rows = [{ Functie: 'Chef', Extra: null, Medewerker: '1', Naam: 'A' }];
    expect(await headerOf()).toBe('Medewerker,Naam,Functie,Extra');
    afas.connectors.set('Medewerkers', { rows: people.rows });
    expect(await headerOf()).toBe('Functie,Extra,Medewerker,Naam');
  });

  it('has no column that no row has, so that a mapping which reads it is refused', async () => {
    people.rows = [{ Medewerker: '1', Naam: 'A' }];
    expect(await headerOf()).toBe('Medewerker,Naam');
  });

  it('is filtered as the settings say', async () => {
    people.rows = [anEmployee('1'), anEmployee('2', { Functie: 'Stagiair & co' }), anEmployee('3', { Functie: null })];
    expect(await idsOf({ filter: [{ field: 'Functie', operator: 'not equal', value: 'Stagiair & co' }] })).toEqual([
      '1',
      '3',
    ]);
    expect(await idsOf({ filter: [{ field: 'Functie', operator: 'empty', value: '' }] })).toEqual(['3']);
  });

  it('is told of while it is read, and is not read ahead of its reader', async () => {
    people.rows = employees(200).map((row) => ({ ...row, Naam: 'x'.repeat(10_000) }));
    const told: string[] = [];
    const source = afas.source({ take: 10 });
    const { content } = await source.newest({ onProgress: (words) => void told.push(words) });
    content.once('readable', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(afas.pages.length).toBeLessThan(5);
    expect((await text(content)).length).toBeGreaterThan(2_000_000);
    expect(told[0]).toMatch(/asking 127\.0\.0\.1:\d+ for the connector Medewerkers/);
    expect(told.at(-1)).toBe('read 200 rows of the connector Medewerkers');
    await source.close();
  });

  it('is given up at once when the reader aborts, before and while reading', async () => {
    const abort = new AbortController();
    const source = afas.source();
    const { content } = await source.newest({ signal: abort.signal });
    afas.faults.set(2, 'hang');
    afas.beforePage.set(2, () => abort.abort());
    await expect(text(content)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(source.newest({ signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await source.close();
  });

  it('that is closed does not wait for the page that is under way', async () => {
    afas.faults.set(2, 'hang');
    const source = afas.source({ timeoutMs: 600_000 });
    const { content } = await source.newest();
    const closed = new Promise((resolve) => content.once('close', resolve));
    for await (const _ of content) break;
    await source.close();
    await closed;
  });

  it('has fields with type and label', async () => {
    const fields = await readAfasFields(afas.settings());
    expect(fields[1]).toEqual({ id: 'Naam', type: 'string', label: 'Label of Naam' });
  });

  it('without rows is refused, and so is one without the key field', async () => {
    await expect(read({ keyField: 'Medewerkr' })).rejects.toThrow(UnknownField);
    people.rows = [];
    const error = await failure(read());
    expect(error).toBeInstanceOf(SourceWithoutRows);
    expect(error.message).toMatch(/no rows of the connector "Medewerkers".*Nothing was changed/);
  });
});

describe('records that move while they are read', () => {
  const second = (change: () => void) => void afas.beforePage.set(2, change);

  it('are noticed when somebody is added before the page', async () => {
    second(() => void (people.rows = [anEmployee('0000'), ...people.rows]));
    await expectMoved(read(), /does not begin where the one before it ended/);
  });

  it('are noticed when somebody leaves before the page: the next person would be passed over', async () => {
    second(() => void (people.rows = people.rows.slice(1)));
    await expectMoved(read(), /does not begin where the one before it ended/);
  });

  it('are noticed when a row of several of one person goes', async () => {
    people.rows = [...employees(4), ...employees(4), ...employees(4)];
    second(() => void (people.rows = people.rows.slice(1)));
    await expectMoved(read(), /does not begin where/);
  });

  it('are noticed when all of them go', async () => {
    second(() => void (people.rows = []));
    await expectMoved(read(), /does not begin where/);
  });

  it('do not matter behind the page, nor when only a value changes', async () => {
    second(() => {
      people.rows = [...people.rows.map((row) => ({ ...row, Functie: 'Chef' })), anEmployee('0013')];
    });
    expect(await idsOf()).toHaveLength(13);
  });

  it('are noticed when the connector gets another field', async () => {
    second(() => void (people.rows = people.rows.map((row) => ({ ...row, Nieuw: null }))));
    await expectMoved(read(), /another field/);
  });

  it('may be read again from the beginning by the same source', async () => {
    second(() => void (people.rows = [anEmployee('0000'), ...people.rows]));
    const source = afas.source();
    await expect(source.newest().then(({ content }) => text(content))).rejects.toThrow(SourceMoved);
    expect(idsIn(await text((await source.newest()).content))).toHaveLength(13);
    await source.close();
  });
});

describe('a server that does not sort', () => {
  it('is noticed by numbers that fall, and by a key that comes back', async () => {
    const ids = (...all: string[]) => all.map((id) => ({ Medewerker: '', Id: id }));
    for (const rows of [ids('1', '3', '2', '4'), ids('a', 'b', 'a', 'c')]) {
      afas.connectors.set('Medewerkers', { rows: rows.map((row) => ({ ...row, Sorteer: '' })) });
      const body = JSON.stringify({ skip: 0, take: 5, rows });
      afas.faults.set(afas.pages.length + 1, { status: 200, body });
      await expectMoved(read({ keyField: 'Id' }), /not sorted|come apart/);
    }
  });

  it('that gives the same page for ever is stopped', async () => {
    const body = JSON.stringify({ skip: 0, take: 5, rows: employees(5) });
    for (let page = 1; page < 100; page += 1) afas.faults.set(page, { status: 200, body });
    await expectMoved(read(), /does not begin where/);
    expect(afas.pages).toHaveLength(2);
  });

  it('with a key that fills a whole page is refused', async () => {
    people.rows = Array.from({ length: 7 }, (_, index) => anEmployee('0001', { Naam: `N${index}` }));
    await expect(read()).rejects.toThrow(KeyTooCoarse);
    people.rows = [anEmployee('0000'), ...people.rows];
    await expect(read()).rejects.toThrow(/whole page of 5 rows has one and the same "Medewerker"/);
    expect(idsIn(await read({ take: 20 }))).toHaveLength(8);
  });
});

describe('every value is text', () => {
  it('and no digit, no zero and no blank is lost', async () => {
    people.rows = [
      {
        Medewerker: { raw: '12345678901234567890' },
        Fte: { raw: '1.10' },
        Min: { raw: '-0.0000001' },
        Exp: { raw: '1E400' },
        Actief: true,
        Uit: false,
        Leeg: null,
        Nul: '0004711',
        Datum: '2012-11-22T09:49:49Z',
        Tekst: ' een, "twee"\r\ndrie ',
        Som: 'is 12 en "-3"\\',
      },
    ];
    const [row] = parse(await read());
    expect(Object.values(row ?? {})).toEqual([
      ...['12345678901234567890', '1.10', '-0.0000001', '1E400', 'true', 'false', '', '0004711'],
      ...['2012-11-22T09:49:49Z', ' een, "twee"\r\ndrie ', 'is 12 en "-3"\\'],
    ]);
  });

  it('that stands in quotes where it holds a line end, also half of one', async () => {
    people.rows = [anEmployee('1', { Naam: 'een\rtwee' }), anEmployee('2', { Naam: '=1+1' })];
    expect(await read()).toBe('Medewerker,Naam,Functie\r\n1,"een\rtwee",Bakker\r\n2,=1+1,Bakker\r\n');
  });

  it('and whatever the rows are, the file holds the same cells', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ';', '\\', 'a', ' ', '1', '-', '\u00e9'), maxLength: 8 }),
      fc.boolean(),
      fc.constant(null),
      fc
        .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
        .map((value) => ({ raw: JSON.stringify(value) })),
    );
    const names = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('A', 'b', '_', ',', '"', ';'), minLength: 1, maxLength: 6 }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    const record = names.chain((fields) =>
      fc.array(fc.tuple(...fields.map(() => cell)), { minLength: 1, maxLength: 40 }).map((rows) => ({ fields, rows })),
    );
    await fc.assert(
      fc.asyncProperty(record, fc.integer({ min: 3, max: 12 }), async ({ fields, rows }, take) => {
        people.rows = rows.map((cells, index) => ({
          Medewerker: String(index).padStart(4, '0'),
          ...Object.fromEntries(fields.map((field, column) => [field, cells[column] ?? null])),
        }));
        const file = await read({ take });
        const expected = people.rows.map((row) => Object.values(row).map(asText));
        expect(parse(file).map((row) => Object.values(row))).toEqual(expected);
        expect(await recordsOf(file)).toEqual(expected.map((cells) => asIntakeReads(['Medewerker', ...fields], cells)));
      }),
      { numRuns: 60 },
    );
  });
});

async function read(changes: Partial<AfasSettings> = {}, options: SourceReadOptions = {}): Promise<string> {
  const source = afas.source(changes);
  try {
    return await text((await source.newest(options)).content);
  } finally {
    await source.close();
  }
}

function parse(file: string): readonly Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(file, {
    header: true,
    delimiter: ',',
    newline: '\r\n',
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return data;
}

/** As intake reads it. */
async function recordsOf(file: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const records: Readonly<Record<string, string>>[] = [];
  const reading = readRecords(asPieces(file), { idColumn: 'Medewerker', requiredColumns: [] });
  for await (const chunk of reading) records.push(...chunk.map(({ fields }) => fields ?? {}));
  expect(reading.summary).toMatchObject({ unreadable: 0, withoutId: 0 });
  return records;
}

/** A carriage return at the very end of a line counts as part of its end. */
function asIntakeReads(fields: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> {
  const last = cells.length - 1;
  return Object.fromEntries(
    fields.map((field, index) => {
      const cell = cells[index] ?? '';
      return [field, index === last ? cell.replace(/\r$/, '') : cell];
    }),
  );
}

async function* asPieces(file: string): AsyncGenerator<Buffer> {
  yield Buffer.from(file);
}

const idsIn = (file: string) => parse(file).map((row) => row['Medewerker']);
const idsOf = async (changes: Partial<AfasSettings> = {}) => idsIn(await read(changes));
const headerOf = async () => (await read()).split('\r\n')[0];

function asText(value: Row[string]): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.raw : String(value);
}

function employees(count: number): readonly Row[] {
  return Array.from({ length: count }, (_, index) => anEmployee(String(index + 1).padStart(4, '0')));
}

function anEmployee(Medewerker: string, changes: Row = {}): Row {
  return { Medewerker, Naam: `Naam ${Medewerker}`, Functie: 'Bakker', ...changes };
}

async function expectMoved(work: Promise<unknown>, words: RegExp): Promise<void> {
  const error = await failure(work);
  expect(error).toBeInstanceOf(SourceMoved);
  expect(error.message).toMatch(words);
  expect(error.message).toMatch(/nothing was changed/);
}

async function failure(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error('It was expected to fail.');
}
