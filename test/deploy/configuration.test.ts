import { beforeAll, describe, expect, test } from 'vitest';
import { Environment } from '../../src/config.js';
import { readText } from './compose-file.js';

let rows: ReadonlyMap<string, { readonly fallback: string; readonly meaning: string }>;

beforeAll(async () => {
  const documentation = await readText('docs/configuration.md');
  const section = /## The programs' own settings\n([\s\S]*?)\n## /.exec(documentation)?.[1] ?? '';
  const cells = section.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const found = cells.filter(([, name]) => name?.startsWith('`'));
  rows = new Map(
    found.map(([, name = '', fallback = '', meaning = '']) => [
      name.replaceAll('`', ''),
      { fallback: fallback.replaceAll('`', ''), meaning },
    ]),
  );
});

describe('the table of settings', () => {
  test('has a row for every setting of the program and no other', () => {
    expect([...rows.keys()].sort()).toEqual(Object.keys(Environment.shape).sort());
  });

  test('tells the defaults', () => {
    const defaults: Readonly<Record<string, string | number | undefined>> = Environment.parse({});
    for (const [name, { fallback }] of rows) expect(fallback, name).toBe(String(defaults[name] ?? ''));
  });

  test('says what each is for', () => {
    for (const [name, { meaning }] of rows) expect(meaning.length, name).toBeGreaterThan(20);
  });
});
