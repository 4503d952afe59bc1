import { describe, expect, it } from 'vitest';
import { addWorkingDays } from '../../../src/onboarding/calendar/working-days.js';
import { ImpossiblePlan } from '../../../src/onboarding/schedule/errors.js';
import { makeSchedule } from '../../../src/onboarding/schedule/make-schedule.js';
import { DEFAULT_DURATIONS, GO_LIVE_ITEM, type ScheduleRequest } from '../../../src/onboarding/schedule/types.js';
import {
  aCalendar,
  anItem,
  aQuestion,
  aRequest,
  done,
  dueDates,
  itemOf,
  moved,
  noon,
  SMALL_PLAN,
  START,
} from './builders.js';

const setupDone = [
  done('example-record', '2026-12-02'),
  done('overview', '2026-12-02'),
  done('frequency', '2026-12-04'),
];

describe('the plan before anything happened', () => {
  const schedule = makeSchedule(aRequest());

  it('has the weeks of the timeline, each phase after the one before it', () => {
    expect(schedule.phases).toEqual([
      { phase: 'setup', from: '2026-11-30', to: '2026-12-04' },
      { phase: 'mapping', from: '2026-12-07', to: '2026-12-11' },
      { phase: 'implementation', from: '2026-12-14', to: '2026-12-25' },
      { phase: 'testing', from: '2026-12-28', to: '2027-01-01' },
      { phase: 'release', from: '2027-01-04', to: '2027-01-08' },
    ]);
    expect(schedule).toMatchObject({ goLive: '2027-01-08', goLiveAt: '2027-01-08T16:00:00.000Z', reason: null });
  });

  it('goes around holidays, and begins on a working day', () => {
    const calendar = aCalendar({ holidays: ['2026-12-25', '2027-01-01'] });
    const baseline = { start: '2026-11-28', durations: DEFAULT_DURATIONS };
    const { phases, goLive } = makeSchedule(aRequest({ calendar, baseline }));
    expect(phases[0]?.from).toBe('2026-11-30');
    expect(phases[2]).toEqual({ phase: 'implementation', from: '2026-12-14', to: '2026-12-28' });
    expect(goLive).toBe('2027-01-12');
  });

  it('says from when and until when each item can be worked on, on the clock of the customer', () => {
    expect(itemOf(schedule, 'feedback')).toMatchObject({
      plannedStart: '2026-12-09',
      plannedDue: '2026-12-11',
      startsAt: '2026-12-09T08:00:00.000Z',
      dueAt: '2026-12-11T16:00:00.000Z',
    });
    expect(itemOf(schedule, 'concept')).toMatchObject({ startsAt: '2026-12-07T08:00:00.000Z', dueDate: '2026-12-08' });
  });

  it('has a due day that a shorter phase lacks on its last day', () => {
    const short = makeSchedule(
      aRequest({ baseline: { start: START, durations: { ...DEFAULT_DURATIONS, implementation: 4 } } }),
    );
    expect(itemOf(short, 'rules')).toMatchObject({ plannedDue: '2026-12-17' });
    expect(short.goLive).toBe('2026-12-31');
  });

  it('is critical where there is no day to spare', () => {
    expect(schedule.items.filter(({ critical }) => critical).map(({ id }) => id)).toEqual([
      'example-record',
      'frequency',
      'concept',
      'groups',
      'feedback',
      'rules',
      'tests',
      GO_LIVE_ITEM,
    ]);
  });
});

describe('a late deliverable', () => {
  it('shifts what needs it, with the slack there was, and go-live with its reason', () => {
    const progress = [done('overview', '2026-12-02'), done('frequency', '2026-12-04')];
    const schedule = makeSchedule(aRequest({ progress, now: noon('2026-12-09') }));
    expect(itemOf(schedule, 'example-record')).toMatchObject({
      dueDate: '2026-12-02',
      late: true,
      lateBy: 5,
      finish: '2026-12-09',
    });
    expect(itemOf(schedule, 'concept')).toMatchObject({
      dueDate: '2026-12-15',
      shiftedBy: 5,
      because: ['example-record'],
    });
    expect(itemOf(schedule, 'groups')).toMatchObject({ shiftedBy: 0, because: [] });
    expect(itemOf(schedule, 'feedback')).toMatchObject({ dueDate: '2026-12-18', shiftedBy: 5 });
    expect(itemOf(schedule, GO_LIVE_ITEM).because).toEqual(['example-record', 'concept', 'feedback', 'rules', 'tests']);
    expect(schedule.reason).toBe(
      'Go-live moves from 8 to 15 January (5 working days): the example record of the customer is 5 days late',
    );
  });

  it('that was done in the end still counts with the day on which it was', () => {
    const progress = [
      done('overview', '2026-12-02'),
      done('frequency', '2026-12-04'),
      done('example-record', '2026-12-07'),
    ];
    const schedule = makeSchedule(aRequest({ progress, now: noon('2026-12-08') }));
    expect(schedule.reason).toBe(
      'Go-live moves from 8 to 13 January (3 working days): the example record of the customer was 3 days late',
    );
  });

  it('moves nothing when nothing needs it', () => {
    const items = [...SMALL_PLAN, anItem({ id: 'wish', dueDay: 5 })];
    const schedule = makeSchedule(aRequest({ items, progress: setupDone, now: noon('2026-12-08') }));
    expect(itemOf(schedule, 'wish')).toMatchObject({ late: true, lateBy: 2 });
    expect(schedule).toMatchObject({ goLiveShift: 0, reason: null });
  });

  it('is late from the midnight after its due date on, and by one day from the next working day on', () => {
    const at = (now: string) => itemOf(makeSchedule(aRequest({ now, progress: setupDone.slice(0, 2) })), 'frequency');
    expect(at('2026-12-04T22:59:59.999Z')).toMatchObject({ late: false, lateBy: 0, finish: '2026-12-04' });
    expect(at('2026-12-04T23:00:00.000Z')).toMatchObject({ late: true, lateBy: 1, finish: '2026-12-07' });
    expect(at('2026-12-07T22:59:59.999Z')).toMatchObject({ late: true, lateBy: 1 });
  });

  it('that was done on a free day lost nobody a working day', () => {
    const progress = [...setupDone.slice(0, 2), done('frequency', '2026-12-06')];
    expect(itemOf(makeSchedule(aRequest({ progress, now: noon('2026-12-07') })), 'frequency')).toMatchObject({
      finish: '2026-12-04',
      lateBy: 0,
    });
  });

  it('on top of another one: both are named', () => {
    const progress = [
      ...setupDone.slice(1),
      done('example-record', '2026-12-07'),
      done('groups', '2026-12-10'),
      done('concept', '2026-12-11'),
    ];
    const schedule = makeSchedule(aRequest({ progress, now: noon('2026-12-18') }));
    expect(itemOf(schedule, 'feedback')).toMatchObject({
      dueDate: '2026-12-16',
      because: ['example-record', 'concept'],
      lateBy: 2,
    });
    expect(schedule.reason).toBe(
      'Go-live moves from 8 to 15 January (5 working days): ' +
        'the example record of the customer was 3 days late and the feedback of the customer is 2 days late',
    );
  });

  it('in the last item of all is go-live itself', () => {
    const progress = SMALL_PLAN.filter(({ id }) => id !== GO_LIVE_ITEM).map(({ id }) => done(id, '2026-12-01'));
    const schedule = makeSchedule(aRequest({ progress, now: noon('2027-01-12') }));
    expect(schedule).toMatchObject({ goLive: '2027-01-12', goLiveShift: 2 });
    expect(schedule.reason).toBe(
      'Go-live moves from 8 to 12 January (2 working days): the finalised user sync of Speakap is 2 days late',
    );
  });
});

describe('a late answer', () => {
  const question = aQuestion({ about: 'example-record', due: '2026-12-01' });

  it('shifts the item that it is about, and names what it waits for', () => {
    const schedule = makeSchedule(
      aRequest({ progress: setupDone.slice(1), questions: [question], now: noon('2026-12-09') }),
    );
    expect(schedule.questions).toMatchObject([{ id: 'q1', late: true, lateBy: 6, dueDate: '2026-12-01' }]);
    expect(itemOf(schedule, 'example-record')).toMatchObject({
      dueDate: '2026-12-10',
      shiftedBy: 6,
      because: ['q1'],
      late: false,
    });
    expect(schedule.reason).toBe(
      'Go-live moves from 8 to 18 January (6 working days): ' +
        'an answer of the customer about the example record is 6 days late',
    );
  });

  it('that is not late, or about nothing, shifts nothing', () => {
    const general = aQuestion({ id: 'q2', due: '2026-12-01' });
    const inTime = aQuestion({ about: 'concept', due: '2026-12-04' });
    const schedule = makeSchedule(
      aRequest({ progress: setupDone, questions: [general, inTime], now: noon('2026-12-04') }),
    );
    expect(schedule).toMatchObject({ goLiveShift: 0, questions: [{ late: true }, { late: false }] });
    expect(dueDates(schedule)).toEqual(dueDates(makeSchedule(aRequest())));
  });

  it('shifts no further once it was given', () => {
    const questions = [{ ...question, answeredAt: noon('2026-12-03') }];
    const schedule = makeSchedule(aRequest({ progress: setupDone.slice(1), questions, now: noon('2026-12-04') }));
    expect(itemOf(schedule, 'example-record')).toMatchObject({ dueDate: '2026-12-04', shiftedBy: 2, because: ['q1'] });
  });
});

describe('a moved date', () => {
  it('replaces the planned one, and pushes what needs the item', () => {
    const progress = [...setupDone.slice(1), moved('example-record', '2026-12-09')];
    const schedule = makeSchedule(aRequest({ progress, now: noon('2026-12-04') }));
    expect(itemOf(schedule, 'example-record')).toMatchObject({
      dueDate: '2026-12-09',
      late: false,
      because: ['example-record'],
    });
    expect(schedule.reason).toBe(
      'Go-live moves from 8 to 15 January (5 working days): the example record of the customer was moved from 2 to 9 December',
    );
  });

  it('is no free day', () => {
    const schedule = makeSchedule(aRequest({ progress: [moved('frequency', '2026-12-12')] }));
    expect(itemOf(schedule, 'frequency')).toMatchObject({ dueDate: '2026-12-14', shiftedBy: 6 });
  });

  it('to an earlier day pulls nothing forward, and is not before what the item needs', () => {
    const progress = [...setupDone.slice(1), moved('example-record', '2026-12-01'), moved('concept', '2026-11-30')];
    const schedule = makeSchedule(aRequest({ progress }));
    expect(itemOf(schedule, 'example-record')).toMatchObject({ dueDate: '2026-12-01', shiftedBy: -1 });
    expect(itemOf(schedule, 'concept')).toMatchObject({ dueDate: '2026-12-01', because: ['concept'] });
    expect(itemOf(schedule, 'feedback').shiftedBy).toBe(0);
  });
});

describe('a pause', () => {
  const week = { from: '2026-12-07', to: '2026-12-11' };

  it('moves what is open by its working days, and nothing that was done', () => {
    const calendar = aCalendar({ pauses: [week] });
    const schedule = makeSchedule(aRequest({ calendar, progress: setupDone, now: noon('2026-12-14') }));
    expect(itemOf(schedule, 'frequency')).toMatchObject({ dueDate: '2026-12-04', shiftedBy: 0, lateBy: 0 });
    expect(itemOf(schedule, 'concept')).toMatchObject({
      dueDate: '2026-12-15',
      shiftedBy: 5,
      because: ['pause 2026-12-07'],
    });
    expect(schedule.reason).toBe(
      'Go-live moves from 8 to 15 January (5 working days): the implementation was paused from 7 to 11 December',
    );
  });

  it('leaves the date of what was done before it', () => {
    const calendar = aCalendar({ pauses: [{ from: '2026-12-02', to: '2026-12-04' }] });
    const schedule = makeSchedule(
      aRequest({ calendar, progress: [done('frequency', '2026-12-01')], now: noon('2026-12-07') }),
    );
    expect(itemOf(schedule, 'frequency')).toMatchObject({ dueDate: '2026-12-04', shiftedBy: 0, because: [] });
  });

  it.each([
    ['2026-12-11', '2027-01-05', false],
    ['2026-12-18', '2027-01-08', true],
  ])(
    'until %s, with tests moved to %s and go-live moved before the new plan: are the tests critical? %s',
    (to, tests, critical) => {
      const calendar = aCalendar({ pauses: [{ from: '2026-12-07', to }] });
      const earlier = SMALL_PLAN.slice(0, 7).map(({ id }) => done(id, '2026-12-04'));
      const progress = (date: string) => [...earlier, moved('tests', date), moved(GO_LIVE_ITEM, '2027-01-06')];
      const schedule = makeSchedule(aRequest({ calendar, progress: progress(tests), now: noon('2026-12-21') }));
      const later = makeSchedule(aRequest({ calendar, progress: progress(dayAfter(tests)), now: noon('2026-12-21') }));
      expect(itemOf(schedule, 'tests').critical).toBe(critical);
      expect(later.goLive > schedule.goLive).toBe(critical);
    },
  );

  it('that lasts is counted until today, and go-live moves with it', () => {
    const at = (date: string) =>
      makeSchedule(
        aRequest({
          calendar: aCalendar({ pauses: [{ from: '2026-12-07', to: null }] }),
          progress: setupDone,
          now: noon(date),
        }),
      );
    expect(at('2026-12-07').goLive).toBe('2027-01-11');
    expect(at('2026-12-09').goLive).toBe('2027-01-13');
    expect(at('2026-12-09').reason).toContain('the implementation is paused since 7 December 2026');
    expect(at('2026-12-09').changesAt).toBe('2026-12-09T23:00:00.000Z');
  });

  it('makes nobody late, and leaves a question its days', () => {
    const calendar = aCalendar({ pauses: [{ from: '2026-12-02', to: '2026-12-04' }] });
    const questions = [aQuestion({ due: '2026-12-03' })];
    const schedule = makeSchedule(aRequest({ calendar, questions, now: noon('2026-12-07') }));
    expect(schedule.questions).toMatchObject([{ dueDate: '2026-12-08', late: false }]);
    expect(itemOf(schedule, 'overview')).toMatchObject({ dueDate: '2026-12-07', late: false });
  });

  it('beside lateness: both are named', () => {
    const calendar = aCalendar({ pauses: [week] });
    const schedule = makeSchedule(aRequest({ calendar, progress: setupDone.slice(1), now: noon('2026-12-15') }));
    expect(schedule.reason).toBe(
      'Go-live moves from 8 to 21 January (9 working days): ' +
        'the example record of the customer is 4 days late and the implementation was paused from 7 to 11 December',
    );
  });
});

describe('a plan that makes no sense is refused', () => {
  it.each<[string, Partial<ScheduleRequest>, string]>([
    [
      'needs in a circle',
      {
        items: [
          ...SMALL_PLAN,
          anItem({ id: 'a', needs: ['c'] }),
          anItem({ id: 'b', needs: ['a'] }),
          anItem({ id: 'c', needs: ['b'] }),
        ],
      },
      'Needs go in a circle: a needs c needs b needs a.',
    ],
    [
      'an item that needs itself',
      { items: [...SMALL_PLAN, anItem({ id: 'a', needs: ['a'] })] },
      'Needs go in a circle: a needs a.',
    ],
    [
      'an unknown need',
      { items: [...SMALL_PLAN, anItem({ id: 'a', needs: ['b'] })] },
      'a needs b, which is no item of the plan.',
    ],
    ['no go-live', { items: SMALL_PLAN.slice(0, 3) }, 'finalised-user-sync is no item of the plan.'],
    ['an item twice', { items: [...SMALL_PLAN, anItem({ id: 'concept' })] }, 'concept is there twice.'],
    ['progress of nothing', { progress: [done('nothing', START)] }, 'nothing is no item of the plan.'],
    ['progress twice', { progress: [done('concept', START), moved('concept', START)] }, 'concept is there twice.'],
    ['a question about nothing', { questions: [aQuestion({ about: 'nothing' })] }, 'nothing is no item of the plan.'],
    ['a question named as an item', { questions: [aQuestion({ id: 'concept' })] }, 'concept is there twice.'],
    [
      'an item due before what it needs',
      { items: [...SMALL_PLAN, anItem({ id: 'a', dueDay: 2, needs: ['frequency'] })] },
      'a needs frequency, which is planned to be due later.',
    ],
    [
      'half a day',
      { items: [...SMALL_PLAN, anItem({ id: 'a', dueDay: 0.5 })] },
      'a has the due day 0.5, which is no count.',
    ],
  ])('%s', (_, request, sentence) => {
    const plan = () => makeSchedule(aRequest(request));
    expect(plan).toThrow(ImpossiblePlan);
    expect(plan).toThrow(`${sentence} Nothing was planned. Correct the items of the plan.`);
  });
});

function dayAfter(date: string): string {
  return addWorkingDays(aCalendar(), date, 1);
}
