import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCustomerFile } from '../../src/cli/customer/add.js';
import * as api from '../../src/sources/api-errors.js';
import * as afas from '../../src/sources/afas/errors.js';
import { AFAS_OPERATORS } from '../../src/sources/afas/settings.js';
import * as formats from '../../src/formats/errors.js';
import * as errors from '../../src/sources/errors.js';
import { customerFile } from '../cli/korenaar.js';
import { fencesOf, inRepository, type MarkdownFile } from './markdown.js';

let folder: string;
const SECRET = `<token><version>1</version><data>${'A1'.repeat(32)}</data></token>`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-docs-'));
  for (const name of ['scim-token.txt', 'afas-token.txt']) await writeFile(join(folder, name), SECRET);
});
afterAll(() => rm(folder, { recursive: true }));

async function page(path: string): Promise<MarkdownFile> {
  return { path, text: await readFile(inRepository(path), 'utf8') };
}

test('every way in which a read can fail is explained, and no other', async () => {
  const { text } = await page('docs/sources.md');
  const explained = [...text.matchAll(/^\| `([A-Z]\w+)` /gm)].map(([, name]) => name).sort();
  const classes = Object.keys({ ...errors, ...api, ...afas, ...formats }).filter(
    (name) => !['SourceError', 'CannotOpen'].includes(name),
  );
  expect(explained).toEqual(classes.sort());
});

test('every operator of a filter is named', async () => {
  const { text } = await page('docs/sources.md');
  expect(Object.keys(AFAS_OPERATORS).filter((operator) => !text.includes(operator))).toEqual([]);
});

test.each(['docs/sources.md', 'docs/cli.md'])(
  'the AFAS source of %s is one that `customer add` takes',
  async (path) => {
    const source = fencesOf(await page(path)).find(({ text }) => text.includes('kind: afas'))?.text ?? '';
    const file = join(folder, 'korenaar.yaml');
    await writeFile(file, customerFile('https://api.example').replace(/source:\n {2}kind: drop\n/, source));
    const read = await readCustomerFile(file, { KORENAAR_APP_SECRET: 'app', KORENAAR_AFAS_TOKEN: SECRET });
    expect(read.document.source).toMatchObject({ kind: 'afas', environment: '12345', keyField: 'Medewerker' });
    expect(read.secrets.source).toEqual({ token: 'A1'.repeat(32) });
  },
);
