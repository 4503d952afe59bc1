import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/connections/test/lines-of.js';

async function linesIn(text: string, size: number): Promise<readonly { text: string; goesOn: boolean }[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) {
      yield bytes.subarray(at, at + size);
      await Promise.resolve();
    }
  }
  const found = [];
  for await (const { text: line, goesOn } of linesOf('a file', pieces())) found.push({ text: line, goesOn });
  return found;
}

describe('the lines of a file', () => {
  it('are the same however the file comes in', async () => {
    const text = 'Zoë;1\r\nBjörn;2\nlast';
    for (const size of [1, 2, 3, 7, 100]) {
      const lines = await linesIn(text, size);
      expect(lines.map((line) => line.text)).toEqual(['Zoë;1', 'Björn;2', 'last']);
      expect(lines.some(({ goesOn }) => goesOn)).toBe(false);
    }
  });

  it('come in pieces where they are long, and nothing is lost', async () => {
    const long = 'name of somebody, '.repeat(20_000);
    const lines = await linesIn(`short\n${long}\nbehind\n`, 10_000);
    expect(lines[0]).toEqual({ text: 'short', goesOn: false });
    const end = lines.findIndex(({ goesOn }, index) => index > 0 && !goesOn);
    expect(end).toBeGreaterThan(3);
    expect(lines.slice(1, end + 1).reduce((all, { text }) => all + text, '')).toBe(long);
    expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThan(100_000);
    expect(lines.slice(end + 1).map(({ text }) => text)).toEqual(['behind', '']);
  });
});
