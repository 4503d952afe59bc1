import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { profileTable } from '../../src/proposal/profile/profile-columns.js';
import { proposeMapping } from '../../src/proposal/propose/propose-mapping.js';
import { HEADER_SETS, headerSet } from './header-sets.js';
import { HOSTILE_SETS } from './hostile-sets.js';
import { PUBLIC_SETS } from './public-sets.js';
import { answersOf, highWithoutColumn, scoreOf } from './score.js';

/** An example record has two rows, a first snapshot many. */
const ROWS = [2, 40, 400];

describe.each([
  ['exports in the manner of the systems that customers have', HEADER_SETS, 0.95],
  ['odd exports that were written to see the proposal fail', HOSTILE_SETS, 0.95],
  ['headers of files and programs in public repositories', PUBLIC_SETS, 0.95],
])('of %s', (_, sets, least) => {
  it.each(ROWS)('the standard fields are right, and nothing is wrong with high confidence, with %i rows', (rows) => {
    const score = scoreOf(sets, rows);
    console.log(
      `${sets.length} files of ${rows} rows: ${(score.accuracy * 100).toFixed(1)} % right, ${(score.high * 100).toFixed(0)} % high`,
    );
    expect(score.wrongHigh).toEqual([]);
    expect(score.accuracy, score.wrong.join('\n')).toBeGreaterThanOrEqual(least);
  });
});

it.each([2, 40])('nothing is sure to be a field whose column was taken out of the file, with %i rows', (rows) => {
  expect(highWithoutColumn([...HEADER_SETS, ...HOSTILE_SETS, ...PUBLIC_SETS], rows)).toEqual([]);
});

it('twenty-five customary exports and more are measured', () => {
  expect(HEADER_SETS.length).toBeGreaterThanOrEqual(25);
});

describe('Woodgrove', () => {
  const woodgrove = headerSet('Woodgrove', '', {
    externalId: 'WorkerID',
    active: 'WorkerStatus',
    givenName: 'FirstName',
    familyName: 'LastName',
    jobTitle: 'JobTitle',
    telephoneNumber: 'OfficePhone',
    businessUnit: 'Location',
    department: 'Department',
  });

  it.each(['day-1.csv', 'day-2.csv'])('is proposed as people mapped it, from %s', (name) => {
    const file = readFileSync(new URL(`../../examples/woodgrove/${name}`, import.meta.url));
    const answers = answersOf(woodgrove, proposeMapping({ profile: profileTable(file) }));
    expect(answers.filter(({ isRight }) => !isRight)).toEqual([]);
  });

  it('is proposed so from its first two rows as well', () => {
    const file = readFileSync(new URL('../../examples/woodgrove/day-1.csv', import.meta.url), 'utf8');
    const answers = answersOf(
      woodgrove,
      proposeMapping({ profile: profileTable(file.split('\n').slice(0, 3).join('\n')) }),
    );
    expect(answers.filter(({ isRight, field }) => !isRight && field !== 'active')).toEqual([]);
    expect(answers.filter(({ isRight, word }) => !isRight && word === 'high')).toEqual([]);
  });
});
