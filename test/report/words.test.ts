import { describe, expect, test } from 'vitest';
import { changeWords, personWords } from '../../src/report/change-words.js';
import { renderTable } from '../../src/report/table.js';
import { ageWords, durationWords, instantWords, oneLine, partWords } from '../../src/report/words.js';
import type { Change } from '../../src/sync/change.js';
import { toXid } from '../../src/sync/ids.js';

const ofAnna = { xid: toXid('0004711'), reason: { rule: 'columns', text: 'the record changed', rows: [7] } };

describe('words for people', () => {
  test.each<[Change, string]>([
    [{ kind: 'join', group: { kind: 'department', name: 'Bakery' }, ...ofAnna }, 'join department "Bakery"'],
    [{ kind: 'invite', audience: 'letter', ...ofAnna }, 'invite by letter'],
    [
      { kind: 'change_role', group: null, before: 'member', after: 'admin', ...ofAnna },
      'role in the network: from member to admin',
    ],
    [
      {
        kind: 'update',
        before: { jobTitle: 'Baker' },
        after: { jobTitle: 'Chef', email: 'a@b.nl' },
        userName: 'a',
        ...ofAnna,
      },
      'update job title: "Baker" to "Chef"; e-mail address: none to "a@b.nl"',
    ],
    [
      {
        kind: 'create_group',
        group: { kind: 'local_department', businessUnit: 'Delft', department: 'Bakery' },
        reason: ofAnna.reason,
      },
      'create local department "Bakery" of "Delft"',
    ],
  ])('a change is a sentence: %#', (change, words) => {
    expect(changeWords(change)).toBe(words);
  });

  test('a name is what is known of it', () => {
    expect(personWords({ givenName: 'Jan', infix: 'van den', familyName: 'Berg' })).toBe('Jan van den Berg');
    expect(personWords({})).toBeNull();
  });

  test.each([
    [850, '850 ms'],
    [12_340, '12.3 s'],
    [59_990, '1 min 0 s'],
    [245_000, '4 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [null, 'not ended'],
  ])('%s milliseconds are %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });

  test('instants are told by the clocks of the customer', () => {
    const summer = new Date('2026-07-01T03:30:00Z');
    expect(instantWords(summer, 'Europe/Amsterdam')).toBe('2026-07-01 05:30');
    expect(instantWords(summer, 'UTC')).toBe('2026-07-01 03:30');
  });

  test('ages are rough', () => {
    const now = new Date('2026-07-03T12:00:00Z');
    const before = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
    expect([0, 1, 59, 60, 47 * 60, 49 * 60].map((minutes) => ageWords(before(minutes), now))).toEqual([
      ...['just now', '1 minute', '59 minutes', '1 hour', '47 hours', '2 days'],
    ]);
  });

  test('a part of many says so', () => {
    expect(partWords(20, 1234, 'change')).toBe('The first 20 of 1,234 changes');
    expect(partWords(1, 1, 'change')).toBe('1 change');
  });

  test('a name cannot command the terminal', () => {
    expect(oneLine('Anna\u001b[2J\nBakery')).toBe('Anna [2J Bakery');
    expect(renderTable({ head: ['name'] }, [['\u001b[31mred']])).not.toContain('\u001b[31m');
  });

  test('a long cell goes on below, within its width', () => {
    const table = renderTable({ head: ['why'], widths: { 0: 10 } }, [
      ['a sentence of some words and averyverylongword'],
    ]);
    const cells = table
      .split('\n')
      .slice(3, -1)
      .map((line) => line.slice(2, -2).trimEnd());
    expect(cells).toEqual(['a sentence', 'of some', 'words and', 'averyveryl', 'ongword']);
  });
});
