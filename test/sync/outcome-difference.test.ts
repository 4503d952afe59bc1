import { describe, expect, it } from 'vitest';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { outcomeDifferences } from '../../src/sync/effect/outcome-difference.js';
import { aCompiledMapping, ann, aRecord, KORENAAR } from './builders.js';

const outcome = (fields: Parameters<typeof aRecord>[0] = {}, text = KORENAAR) =>
  mapRows(aCompiledMapping(text), ann, [aRecord(fields)]);
const between = (before: Parameters<typeof aRecord>[0], after: Parameters<typeof aRecord>[0]) =>
  outcomeDifferences(outcome(before), outcome(after));

describe('what another version makes otherwise of a person', () => {
  it('is nothing when it makes the same', () => {
    expect(between({}, {})).toEqual([]);
    expect(between({ Status: 'Gone' }, { Status: 'Gone', First: 'Other' })).toEqual([]);
  });

  it.each([
    ['another group', {}, { Store: 'South' }, ['change group']],
    ['another name', {}, { First: 'Anna' }, ['change in what is shown of them']],
    [
      'the network as administrator',
      { Job: 'Clerk' },
      { Job: 'CEO' },
      ['become administrator', 'change in what is shown of them'],
    ],
    [
      'no network as administrator',
      { Job: 'CEO' },
      { Job: 'Clerk' },
      ['lose admin', 'change in what is shown of them'],
    ],
    ['a custom role', { Job: 'Clerk' }, { Job: 'Planner' }, ['change another role', 'change in what is shown of them']],
    [
      'admin of a group that goes',
      { Job: 'Manager' },
      { Job: 'Clerk', Store: 'South' },
      ['change group', 'lose admin', 'change in what is shown of them'],
    ],
    [
      'a letter instead of mail',
      {},
      { Mail: '' },
      ['change in what is shown of them', 'change the way they are invited'],
    ],
    ['no place in the network', {}, { Status: 'Gone' }, ['leave']],
    ['a place in the network', { Status: 'Gone' }, {}, ['arrive']],
    ['no business unit', {}, { Store: '' }, ['become left as they are']],
    ['a business unit again', { Store: '' }, {}, ['are no longer left as they are']],
    ['an end after having been left', { Store: '' }, { Status: 'Gone' }, ['leave']],
  ])('%s', (_, before, after, expected) => {
    expect(between(before, after)).toEqual(expected);
  });
});
