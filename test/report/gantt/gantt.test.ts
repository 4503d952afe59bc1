import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSchedule } from '../../../src/onboarding/schedule/make-schedule.js';
import { GO_LIVE_ITEM, type ScheduleRequest } from '../../../src/onboarding/schedule/types.js';
import { renderGanttSvg } from '../../../src/report/gantt/svg.js';
import { renderGanttText } from '../../../src/report/gantt/text.js';
import { coloured } from '../../../src/report/paint.js';
import {
  aCalendar,
  anItem,
  anyCalendar,
  anyPlan,
  aRequest,
  dayAfterStart,
  done,
  noon,
  SMALL_PLAN,
} from '../../onboarding/schedule/builders.js';

const title = 'Implementation of korenaar';
const late = aRequest({
  progress: [done('overview', '2026-12-01'), done('frequency', '2026-12-08')],
  now: noon('2026-12-09'),
});
const paused = aRequest({
  calendar: aCalendar({ pauses: [{ from: '2026-12-02', to: null }] }),
  now: noon('2026-12-04'),
});

function picture(request: ScheduleRequest, name = title): string {
  return renderGanttSvg(makeSchedule(request), request.items, { title: name });
}

function page(request: ScheduleRequest, width = 80): string {
  return renderGanttText(makeSchedule(request), request.items, { title, width });
}

describe('the picture of a plan', () => {
  const svg = picture(late);

  it('says in words what it shows', () => {
    expect(svg).toContain(`<title id="gantt-title">${title}</title>`);
    expect(svg).toContain(
      '<desc id="gantt-desc">2 of 9 items are done. Late: example record (customer). Go-live moves from 8 to 15 January ' +
        '(5 working days): the example record of the customer is 5 days late.</desc>',
    );
    expect(svg).toContain('<title>example record (customer): planned 2 Dec, due 2 Dec, 5 days late</title>');
    expect(svg).toContain('<title>frequency (customer): planned 4 Dec, due 4 Dec, done, 2 days late</title>');
    expect(svg).toContain('<title>concept (Speakap): planned 8 Dec, due 15 Dec, 5 days later than planned</title>');
  });

  it('has a planned and a present bar for each item, and a red end on what is or was late', () => {
    expect(bars(svg, 'planned')).toBe(late.items.length);
    expect([bars(svg, 'done'), bars(svg, 'open'), bars(svg, 'late')]).toEqual([2, 7, 2]);
  });

  it('draws today, go-live, and where go-live was planned', () => {
    expect(svg).toContain('>today, 9 Dec<');
    expect(svg).toContain('>go-live, 15 Jan<');
    expect(svg).toContain('>planned, 8 Jan<');
    expect(picture(aRequest())).not.toContain('>planned, ');
  });

  it('has arrows only along the critical path', () => {
    expect(svg.match(/class="arrow" d="M[^"]*V/g)).toHaveLength(5);
  });

  it('shades the days of a pause', () => {
    expect(bars(picture(paused), 'pause')).toBe(3);
    expect(bars(svg, 'pause')).toBe(0);
  });

  it('takes every name as text, and nothing from elsewhere', () => {
    const items = [...SMALL_PLAN, anItem({ id: 'odd', title: '<script>alert("1")</script> & more' })];
    const odd = picture(aRequest({ items }), 'A & <b>');
    expect(odd).toContain('A &amp; &lt;b&gt;');
    expect(odd).not.toMatch(/<script|<b>|href|@import|@font-face|url\((?!#gantt-)/);
    expect(unclosed(odd)).toEqual([]);
  });

  it('can be drawn whatever happens', () => {
    const day = fc.integer({ min: -3, max: 90 });
    fc.assert(
      fc.property(anyPlan(), anyCalendar(), day, day, (items, calendar, today, doneOn) => {
        const progress = items.slice(0, 3).map(({ id }) => done(id, dayAfterStart(Math.min(doneOn, today))));
        const svgOfAny = picture(aRequest({ items, calendar, progress, now: noon(dayAfterStart(today)) }));
        expect(svgOfAny).not.toMatch(/NaN|undefined|width="-/);
        expect(unclosed(svgOfAny)).toEqual([]);
        expect(bars(svgOfAny, 'planned')).toBe(items.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the plan in a terminal', () => {
  it('shows what is done, open, late and planned, with today and go-live below', () => {
    expect(page(late).split('\n')).toEqual([
      'Implementation of korenaar',
      'Go-live moves from 8 to 15 January (5 working days): the example record of the customer is 5 days late.',
      '',
      '                                w1  w2   w3  w4   w5  w6   w7',
      'Setup',
      ' example record        customer ▒▒╳╳╳╳╳                           2 Dec 5d late',
      ' overview of locations customer █─    │                           2 Dec done',
      ' frequency             customer ████╳╳│                           4 Dec done',
      'Mapping',
      ' concept               Speakap      ──│▒▒▒                       15 Dec +5d',
      ' groups                Speakap      ──▒▒                         10 Dec +2d',
      ' feedback              customer       ─── ▒▒▒                    18 Dec +5d',
      'Implementation',
      ' rules                 Speakap        │  ────▒▒▒▒▒▒▒▒▒            1 Jan +5d',
      'Testing',
      ' tests                 Speakap        │           ────▒▒▒▒▒       8 Jan +5d',
      'Release',
      ' finalised user sync   Speakap        │               ─────▒▒▒▒▒ 15 Jan +5d',
      '                                      │                   ⚐    ⚑',
      '─ planned  █ done  ▒ open  ╳ late  ┊ pause',
      '│ today 9 Dec  ⚑ go-live 15 Jan  ⚐ planned 8 Jan',
    ]);
  });

  it('shows a pause', () => {
    expect(page(paused)).toMatch(/concept .*┊┊/);
  });

  it.each([60, 80, 120, 200])('fits into %i columns', (width) => {
    const lines = page(late, width).split('\n').slice(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('says the same with colours', () => {
    const painted = renderGanttText(makeSchedule(late), late.items, { title, width: 80, paint: coloured });
    expect(painted).toContain('\u001b[31m');
    expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(page(late));
  });

  it('lets no name out of its line', () => {
    const items = SMALL_PLAN.map((item) =>
      item.id === GO_LIVE_ITEM ? { ...item, title: 'two\nlines\u001b[31m' } : item,
    );
    const text = page(aRequest({ items }));
    expect(text).toContain(' two lines [31m');
    expect(text.split('\n')).toHaveLength(page(aRequest()).split('\n').length);
  });
});

/** Bars of a kind, without the one in the legend. */
function bars(svg: string, kind: string): number {
  return svg.split(`<rect class="${kind}"`).length - 2;
}

/** Elements that were not closed in their order. */
function unclosed(svg: string): readonly string[] {
  const open: string[] = [];
  for (const [tag, close, name = '', self] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/gi)) {
    if (self === '/') continue;
    if (close === '') open.push(name);
    else if (open.pop() !== name) return [tag];
  }
  return open;
}
