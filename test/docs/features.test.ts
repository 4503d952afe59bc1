import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inRepository } from './markdown.js';
import { commandsOf } from './shell.js';
import { problemWith } from './usersync-parser.js';

const FEATURES = 25;

const path = 'docs/features.md';
const [introduction = '', ...sections] = readFileSync(inRepository(path), 'utf8').split(/^## /m);
const features = sections.map((text) => ({ number: Number(/^(\d+)\. \S/.exec(text)?.[1]), text }));

test('every feature is there, in the order of its rank', () => {
  expect(features.map(({ number }) => number)).toEqual(Array.from({ length: FEATURES }, (_, index) => index + 1));
});

test('those that are not there as a whole are named at the beginning', () => {
  const missing = features.filter(({ text }) => text.includes('**Not there:**')).map(({ number }) => number);
  const sentence = /^Not there as a whole: (.+?)\. /m.exec(introduction)?.[1] ?? '';
  expect(sentence).toBe(missing.join(', '));
});

describe.each(features)('feature $number', ({ number, text }) => {
  test('is shown by commands that the command line knows', async () => {
    const commands = commandsOf({ path, text });
    expect(commands.length).toBeGreaterThan(0);
    for (const { line, words } of commands) {
      expect(words[0], line).toBe('usersync');
      expect(await problemWith(words.slice(1)), line).toBeNull();
    }
  });

  test('has tests that are named after it', () => {
    const named = testsNamedIn(text);
    expect(named.length).toBeGreaterThan(0);
    for (const each of named) expect(each).toContain(`.test.ts: feature ${number}: `);
  });
});

test('the tests that are named after features are those that the page lists', () => {
  expect(features.flatMap(({ text }) => testsNamedIn(text)).sort()).toEqual([...titlesOfTests()].sort());
});

/** As in a list of the page, with file and title: `test/sync/dates.test.ts: feature 6: a leave date`. */
function testsNamedIn(text: string): readonly string[] {
  return [...text.matchAll(/^- \[(.+)\]\(\.\.\/(.+)\)$/gm)].map(([, title, file]) => `${file}: ${title}`);
}

/** Tests, and groups of them, whose title begins with a feature; in the same form. */
function titlesOfTests(): readonly string[] {
  return readdirSync(inRepository('test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => {
      const source = readFileSync(inRepository(`test/${name}`), 'utf8');
      const titles = source.matchAll(/^ *(?:describe|it|test)\(\s*(['"`])(feature \d+: .+?)\1,/gm);
      return [...titles].map(([, , title]) => `test/${name}: ${title}`);
    });
}
