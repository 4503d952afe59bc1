import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDelivery, writeDelivery, type DeliveredRow } from '../../src/proof/delivery.js';
import { readAll } from '../sync/builders.js';

const engine = async (text: string, idColumn: string) => {
  const { records } = await readAll(text, { idColumn, pieces: 100_000 });
  return records.map(({ xid, row, fields }) => ({ xid, row, fields: fields === null ? null : { ...fields } }));
};

describe('a delivered file', () => {
  it.each(['day-1.csv', 'day-2.csv'])('is read as the engine reads it: %s', async (name) => {
    const text = readFileSync(new URL(`../../examples/woodgrove/${name}`, import.meta.url), 'utf8');
    expect(readDelivery(text, 'WorkerID')).toEqual(await engine(text, 'WorkerID'));
  });

  it('is read as the engine reads it, whatever stands in it', async () => {
    const cell = fc.constantFrom('', 'a', ' b ', '"c;d"', '"e""f"', '"g\nh"', 'i"j', '0012', '"k"l');
    const line = fc.oneof(
      { weight: 6, arbitrary: fc.array(cell, { minLength: 3, maxLength: 3 }) },
      { weight: 2, arbitrary: fc.array(cell, { minLength: 1, maxLength: 5 }) },
    );
    const aFile = fc.tuple(
      fc.constantFrom('Id;Name;Team', 'Name;Id;Team', 'Name;Team;Id'),
      fc.array(line, { maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(aFile, async ([header, lines]) => {
        // Behind the last stray quote stands a row that closes it: without one, the engine refuses the file as cut off.
        const text = [header, ...lines.map((cells) => cells.join(';')), '"x";"y";"z"', ''].join('\n');
        expect(readDelivery(text, 'Id')).toEqual(await engine(text, 'Id'));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['Id', 'Name', 'Team'])('is read as it was written, wherever the id stands: %s', async (idColumn) => {
    const columns = ['Id', 'Name', 'Team'];
    const fields = (id: string) => ({ Id: 'i', Name: 'n', Team: 't', [idColumn]: id });
    const rows: readonly DeliveredRow[] = [
      { xid: '0012', row: 2, fields: { ...fields('0012') } },
      { xid: '0013', row: 3, fields: null },
      { xid: '0014', row: 4, fields: { ...fields('0014') } },
    ];
    const text = writeDelivery(columns, idColumn, rows);
    expect(readDelivery(text, idColumn)).toEqual(rows);
    expect(await engine(text, idColumn)).toEqual(rows);
  });
});
