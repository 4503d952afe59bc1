import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/connections/test/lines-of.js';
import { readFromLines, writtenInLines } from '../../src/connections/test/paper-lines.js';

async function there(value: unknown): Promise<{ readonly back: unknown; readonly pieces: readonly Buffer[] }> {
  const pieces = [...writtenInLines(value)];
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) {
      yield piece;
      await Promise.resolve();
    }
  }
  return { back: await readFromLines(linesOf('paper', bytes())), pieces };
}

describe('what a test keeps for itself', () => {
  it('comes back as it was', async () => {
    const groups = new Map([['store north', { role: 'admin', rows: new Set([2, 3]) }]]);
    for (const value of [[], [1, 2], null, 'a text', { empty: [], none: null, groups }, new Map([['a', groups]])]) {
      expect((await there(value)).back).toEqual(value);
    }
  });

  it('has a line for every entry of what is long, so that no text is as long as the test is large', async () => {
    const expected = new Map(
      Array.from({ length: 20_000 }, (_, at) => [`000${at}`, { xid: `000${at}`, in: new Map([['n', at]]) }]),
    );
    const people = Array.from({ length: 5_000 }, (_, at) => ({ eid: `${at}`, name: 'two\nlines\u2028and more' }));
    const value = { today: '2026-11-30', expected, sent: [{ by: 'email' }], people };
    const { back, pieces } = await there(value);
    expect(back).toEqual(value);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
    const lines = Buffer.concat(pieces).toString().split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(200);
  });

  it('reads what was kept in one line, as tests that are under way have it', async () => {
    const people = Array.from({ length: 20_000 }, (_, at): [string, object] => [`000${at}`, { rows: [at] }]);
    const line = Buffer.from(JSON.stringify({ today: '2026-11-30', expected: { $map: people } }));
    async function* bytes(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < line.length; at += 50_000) {
        yield line.subarray(at, at + 50_000);
        await Promise.resolve();
      }
    }
    expect(await readFromLines(linesOf('paper', bytes()))).toEqual({ today: '2026-11-30', expected: new Map(people) });
  });
});
