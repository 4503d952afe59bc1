import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { anchorsOf, inRepository, linksOf, markdownFiles } from './markdown.js';

const files = markdownFiles();
const Package = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

test('every link and picture points to something that exists', () => {
  const broken = files.flatMap((file) =>
    linksOf(file)
      .filter(({ path }) => !existsSync(inRepository(path)))
      .map(({ target }) => `${file.path}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every link to a heading finds it', () => {
  const broken = files.flatMap((file) =>
    linksOf(file)
      .filter(({ path, anchor }) => anchor !== null && !knows(path, anchor))
      .map(({ target }) => `${file.path}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every picture is shown somewhere, and small enough to be loaded quickly', () => {
  const shown = new Set(files.flatMap((file) => linksOf(file).map(({ path }) => path)));
  for (const name of readdirSync(inRepository('docs/pictures'))) {
    expect(shown).toContain(`docs/pictures/${name}`);
    expect(statSync(inRepository(`docs/pictures/${name}`)).size).toBeLessThan(250_000);
  }
});

test('the list of decisions is complete, numbered without gaps, and each is short', () => {
  const decisions = readdirSync(inRepository('docs/adr'))
    .filter((name) => /^\d/.test(name))
    .sort();
  expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(decisions.map((_, index) => index + 1));
  const listed = linksOf(markdown('docs/adr/README.md')).map(({ path }) => path);
  expect(listed).toEqual(decisions.map((name) => `docs/adr/${name}`));
  for (const name of decisions) {
    const { text } = markdown(`docs/adr/${name}`);
    expect(text).toMatch(new RegExp(`^# ${Number(name.slice(0, 4)).toString().padStart(4, '0')}\\. `));
    expect(text.match(/^## .+$/gm)).toEqual(['## Context', '## Decision', '## Consequences']);
    expect(text.split('\n').length, name).toBeLessThan(60);
  }
});

test('the architecture names every room and every table', () => {
  const { text } = markdown('docs/architecture.md');
  const rooms = readdirSync(inRepository('src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const tables = readFileSync(inRepository('prisma/schema.prisma'), 'utf8').matchAll(
    /^model [\s\S]*?@@map\("(\w+)"\)/gm,
  );
  const names = [...rooms.map(({ name }) => name), ...[...tables].map(([, table = '']) => table)];
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test('every dependency has its reason', () => {
  const { dependencies, devDependencies } = Package.parse(
    JSON.parse(readFileSync(inRepository('package.json'), 'utf8')),
  );
  const { text } = markdown('docs/adr/0020-dependencies.md');
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
  expect(names.filter((name) => !isExplained(name, text))).toEqual([]);
});

function isExplained(name: string, text: string): boolean {
  return text.includes(`\`${name}\``) || (name.startsWith('@temporalio/') && text.includes('`@temporalio/*`'));
}

function knows(path: string, anchor: string): boolean {
  return path.endsWith('.md') && existsSync(inRepository(path)) && anchorsOf(markdown(path)).has(anchor);
}

function markdown(path: string) {
  return { path, text: readFileSync(inRepository(path), 'utf8') };
}
