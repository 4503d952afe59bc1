import { describe, expect, it } from 'vitest';
import { parseDate } from '../../src/sync/desired/calendar-date.js';
import { nextDate } from '../../src/sync/desired/dates.js';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { aCompiledMapping, ann, aRecord, KORENAAR, problemsOf } from './builders.js';

const mapping = aCompiledMapping(
  `${KORENAAR}startDate: { column: Start, format: DD/MM/YYYY }\nleaveDate: { column: Leave, format: D-M-YYYY }\n`,
);
const today = '2026-11-30';

function outcome(
  cells: Record<string, string>,
  facts: { hasAccount?: boolean } = {},
  ...others: Record<string, string>[]
) {
  const records = [cells, ...others].map((each, index) => aRecord({ Start: '', Leave: '', ...each }, index + 2));
  return mapRows(mapping, ann, records, { today, ...facts });
}

describe('a date in a cell', () => {
  it.each([
    ['30/11/2026', 'DD/MM/YYYY', '2026-11-30'],
    ['1-2-2026', 'D-M-YYYY', '2026-02-01'],
    ['20260201', 'YYYYMMDD', '2026-02-01'],
    ['2026-02-01T00:00:00Z', 'YYYY-MM-DD', '2026-02-01'],
    [' 01.02.2026 00:00 ', 'DD.MM.YYYY', '2026-02-01'],
    ['31/02/2026', 'DD/MM/YYYY', null],
    ['1/2/2026', 'DD/MM/YYYY', null],
    ['soon', 'DD/MM/YYYY', null],
  ])('%s as %s is %s', (text, format, date) => {
    expect(parseDate(text, format)).toBe(date);
  });
});

describe('a start date', () => {
  it('is waited for, and the person comes on that day', () => {
    expect(outcome({ Start: '01/12/2026' })).toMatchObject({
      kind: 'inactive',
      why: [{ rule: 'startDate', rows: [2] }],
    });
    expect(outcome({ Start: '30/11/2026' }).kind).toBe('active');
    expect(nextDate(mapping, [aRecord({ Start: '01/12/2026', Leave: '' })], today)).toBe('2026-12-01');
  });

  it('removes nobody who is there already', () => {
    expect(outcome({ Start: '01/12/2026' }, { hasAccount: true }).kind).toBe('active');
  });

  it('of a second job is waited for as well: until then it gives no groups and no role, whether there is an account or not', () => {
    const next = { Store: 'South', Job: 'CEO', Start: '01/12/2026' };
    for (const hasAccount of [false, true]) {
      const both = outcome({ Leave: '30-11-2026' }, { hasAccount }, next);
      expect(both).toMatchObject({ kind: 'active', person: { networkRole: 'member', profile: { jobTitle: 'Baker' } } });
      expect(JSON.stringify(both)).not.toContain('South');
    }
    // Between two jobs, who is there stays, as whom the next one makes of them.
    expect(outcome({ Leave: '29-11-2026' }, { hasAccount: true }, next)).toMatchObject({
      kind: 'active',
      person: { networkRole: 'admin' },
    });
    expect(outcome({ Leave: '29-11-2026' }, { hasAccount: false }, next).kind).toBe('inactive');
  });

  it('of a second job makes no two active rows of one person before that day', () => {
    const one = aCompiledMapping(
      `${KORENAAR.replace('mergeDuplicates: true', 'mergeDuplicates: false')}startDate: { column: Start, format: DD/MM/YYYY }\n`,
    );
    const rows = [aRecord({ Start: '' }), aRecord({ Start: '01/12/2026', Store: 'South' }, 3)];
    expect(mapRows(one, ann, rows, { today, hasAccount: true }).kind).toBe('active');
    expect(mapRows(one, ann, rows, { today: '2026-12-01', hasAccount: true }).kind).toBe('unusable');
  });
});

describe('a leave date', () => {
  it('is the last day, and a future one is waited for', () => {
    expect(outcome({ Leave: '30-11-2026' }).kind).toBe('active');
    expect(nextDate(mapping, [aRecord({ Start: '', Leave: '30-11-2026' })], today)).toBe('2026-12-01');
    expect(outcome({ Leave: '29-11-2026' }, { hasAccount: true })).toMatchObject({
      kind: 'inactive',
      why: [{ rule: 'leaveDate' }],
    });
    expect(nextDate(mapping, [aRecord({ Start: '', Leave: '29-11-2026' })], today)).toBeNull();
  });

  it('takes only its own row away from somebody with another job', () => {
    const both = outcome({ Leave: '1-1-2026' }, {}, { Store: 'South' });
    expect(both).toMatchObject({ kind: 'active' });
    expect(JSON.stringify(both)).not.toContain('North');
  });

  it('that cannot be read changes nothing for the person', () => {
    const { kind, warnings } = outcome({ Leave: 'unknown' });
    expect(kind).toBe('unusable');
    expect(warnings).toMatchObject([{ code: 'bad_date', rows: [2], column: 'Leave' }]);
    expect(JSON.stringify(warnings)).not.toContain('unknown');
  });
});

it.each(['DMYYYY', 'YYYYMD', 'MDYYYY'])('the form %s is refused, since one text would be two days', (format) => {
  expect(problemsOf(`${KORENAAR}leaveDate: { column: Leave, format: ${format} }\n`)).toHaveLength(1);
});

it.each(['DMMYYYY', 'DDMYYYY', 'D-M-YYYY', 'YYYYMMDD'])('the form %s is one', (format) => {
  expect(problemsOf(`${KORENAAR}leaveDate: { column: Leave, format: ${format} }\n`)).toEqual([]);
});

it('a form that is none is refused with its place', () => {
  expect(problemsOf(`${KORENAAR}startDate: { column: Start, format: yesterday }\n`)).toEqual([
    expect.stringMatching(/^m\.yaml:\d+:37 startDate\.format: A form such as DD\/MM\/YYYY is needed here/),
  ]);
});
