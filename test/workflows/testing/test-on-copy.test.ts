import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sign, type Census } from '../../../src/activities/testing/census.js';
import { papersOf } from '../../../src/connections/test/papers.js';
import { loadKeys } from '../../../src/secrets/keys.js';
import { tableTexts } from '../../../src/store/census.js';
import { copiesIn, schemasIn, TestBench, type BegunTest } from '../../support/testing.js';
import { woodgroveFile } from '../../support/woodgrove.js';
import { openWorld, type World } from '../../support/world.js';

let world: World;
let bench: TestBench;

beforeEach(async () => {
  world = await openWorld();
  await world.startWorker();
  bench = await TestBench.of(world, (await woodgroveFile('mapping.yaml')).toString(), await woodgroveFile('day-1.csv'));
});

afterEach(async () => {
  await bench.close();
  await world.close();
});

/** A stranger's own search: full names, telephone numbers, and ids beside a family name, letter by letter. */
async function realPeopleIn(texts: readonly string[]): Promise<readonly string[]> {
  const csv = (await woodgroveFile('day-1.csv')).toString('utf8').replace(/^\ufeff/, '');
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  const found = new Set<string>();
  for (const text of texts) {
    for (const { WorkerID: id = '', FirstName: first = '', LastName: last = '', OfficePhone: phone = '' } of data) {
      if (text.includes(`${first} ${last}`) || text.includes(`${last}, ${first}`)) found.add('full name');
      if (phone !== '' && text.includes(phone)) found.add('telephone number');
      if (text.includes(`"${id}"`) && text.includes(`"${last}"`)) found.add('id with name');
    }
  }
  return [...found];
}

async function everythingOf(begun: BegunTest): Promise<readonly string[]> {
  const space = await begun.space();
  const { schema, copyEid } = await begun.row();
  const texts: string[] = [];
  for await (const { text } of tableTexts(space.database, schema)) texts.push(text);
  let line = '';
  for await (const { text, goesOn } of papersOf(space)) {
    line += text;
    if (goesOn) continue;
    texts.push(line);
    line = '';
  }
  for (const person of world.sandbox.control.state(copyEid ?? '').people) texts.push(JSON.stringify(person));
  for await (const { workflowId } of world.temporal.client.workflow.list()) {
    if (!workflowId.startsWith('test/')) continue;
    texts.push(JSON.stringify(await world.temporal.client.workflow.getHandle(workflowId).fetchHistory()));
  }
  return texts;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('feature 25: a mapping is proven on an anonymised copy, approved by both sides, and nothing of it is left', async () => {
  const before = world.network();
  const begun = await bench.begin();
  const { checks, steps, problem, step } = await begun.toItsDecision();
  expect({ step, problem, wrong: checks.filter(({ differences }) => differences > 0) }).toEqual({
    step: 'waiting for approval',
    problem: null,
    wrong: [],
  });
  // The seven checks: four of the activation, three of each following day, and the guards.
  expect(checks.map(({ check }) => check)).toEqual(
    expect.arrayContaining([
      ...['all-invited-1', 'right-groups-1', 'prefilled-1', 'right-roles-1'],
      ...['new-invited-2', 'former-removed-2', 'changes-applied-2', 'former-removed-3', 'guards'],
    ]),
  );
  expect(checks.every(({ check, lookedAt }) => lookedAt > 0 || check.startsWith('untouched'))).toBe(true);
  expect(steps.find((each) => each.step === 'anonymising')?.note).toContain(
    'the mapping makes the same of every record',
  );

  // What the copy shows is as many people as in reality, and none of them.
  const { copyEid, schema, folder } = await begun.row();
  const shown = world.sandbox.control.state(copyEid ?? '').people.filter(({ xid }) => xid !== null);
  expect(shown.length).toBeGreaterThan(380);
  const texts = await everythingOf(begun);
  expect(texts.length).toBeGreaterThan(2_000);
  expect(await realPeopleIn(texts)).toEqual([]);
  expect(await realPeopleIn([(await woodgroveFile('day-1.csv')).toString()])).toContain('telephone number');
  expect(world.network()).toEqual(before);

  await expect(begun.decide('c-hr', true, { test: begun.number + 1 })).rejects.toThrow(
    /This is test 1 .* and not test 2/,
  );
  await expect(begun.decide('c-nobody')).rejects.toThrow('has no contact "c-nobody"');
  // What was kept still points to few people: the customer says by name that it accepts that.
  const { toAccept } = await begun.progress();
  const [first = ''] = toAccept;
  expect(toAccept.length).toBeGreaterThan(1);
  await expect(begun.decide('c-hr')).rejects.toThrow(`has to name which of them it accepts: "${first}"`);
  await expect(begun.decide('c-hr', true, { accept: first })).rejects.toThrow(/has to name .*Nothing was changed/);
  await expect(begun.decide('c-hr', true, { accept: ['Shoe size'] })).rejects.toThrow('that the report does not list');
  expect(await begun.decide('c-hr', true, { accept: toAccept })).toContain(
    'One approval is missing: of the side "speakap"',
  );
  await expect(begun.decide('c-hr')).rejects.toThrow('has approved test 1 already');
  expect(await begun.decide('pm-1')).toContain('approved by both sides');
  expect(await begun.started.result()).toMatchObject({ outcome: 'approved', isRemoved: true });

  const row = await begun.row();
  expect(row).toMatchObject({ status: 'approved', key: null, leftOver: null });
  expect(row.approvals).toEqual([
    { by: 'c-hr', side: 'customer', comment: null, accepted: toAccept, at: expect.any(String) as unknown },
    { by: 'pm-1', side: 'speakap', comment: null, accepted: [], at: expect.any(String) as unknown },
  ]);
  expect(row.census).toMatchObject({
    before: { tables: null, files: { files: 0 }, copy: 'none' },
    during: { rowsElsewhere: [], filesElsewhere: [], copy: 'there' },
    after: { tables: null, rowsElsewhere: [], files: { files: 0 }, filesElsewhere: [], copy: 'gone' },
  });
  const { key } = await loadKeys(world.config);
  const census = row.census as Census;
  expect(sign(key, row, census)).toBe(row.signature);
  expect(sign(key, row, { ...census, outside: [{ table: 'link', rows: 1 }] })).not.toBe(row.signature);
  expect(await schemasIn(world)).not.toContain(schema);
  expect(copiesIn(world)).toEqual([]);
  const left = await filesBelow(world.config.dataFolder);
  expect(left.filter((file) => file.includes(folder))).toEqual([]);
  const pseudonyms = shown.map(({ profile }) => profile.familyName ?? '').filter((name) => name.length > 5);
  const contents = await Promise.all(left.map(async (file) => (await readFile(file)).toString('latin1')));
  expect(contents.some((content) => pseudonyms.some((name) => content.includes(name)))).toBe(false);
  // Of people nothing stays, not even a disguise.
  expect(JSON.stringify(row.summary)).not.toContain(pseudonyms[0]);
}, 300_000);
