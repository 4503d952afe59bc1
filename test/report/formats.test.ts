import { describe, expect, test } from 'vitest';
import Papa from 'papaparse';
import { changesCsv, warningsCsv } from '../../src/report/csv.js';
import { renderHtml } from '../../src/report/html.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { coloured } from '../../src/report/paint.js';
import { renderText } from '../../src/report/text.js';
import { aChange, aReport, aWarning } from './builders.js';

const HELD = {
  held: [{ kind: 'suspend' as const, changes: 60, guard: '60 of 383 managed people would be suspended.' }],
};

describe('the report as text', () => {
  test('tells the run, the delivery, every person with the reason, and the rows to mend', () => {
    const text = renderText(aReport({ warnings: [aWarning()], totalWarnings: 1 }));
    expect(text).toContain('De Korenaar (korenaar), run 3: live run, done');
    expect(text).toContain(
      'Started 2026-03-02 05:30 (Europe/Amsterdam) by schedule, took 12.3 s, with mapping version 2.',
    );
    expect(text).toContain(
      'Delivery day-1.csv, received 2026-03-02 05:30, accepted: 1,000 rows of 735 people, 1 bad row.',
    );
    expect(text).toMatch(/0004711 Anna de Vries .*join department "Bakery"/);
    expect(text).toContain('rule groups[1]');
    expect(text).toMatch(/12 +│ Email/);
  });

  test('feature 19: says how many people a minute were changed, in every format', () => {
    const quick = aReport({ pace: { people: 1_234, milliseconds: 123_000, peopleAMinute: 601.95 } });
    const slow = aReport({ pace: { people: 1, milliseconds: 16_000, peopleAMinute: 3.75 } });
    for (const render of [renderText, renderMarkdown, renderHtml]) {
      expect(render(quick)).toContain('1,234 people were changed in 2 min 3 s: 602 people a minute.');
      expect(render(slow)).toContain('1 person was changed in 16.0 s: 3.8 people a minute.');
    }
  });

  test('says nothing of a pace where nobody was changed', () => {
    expect(renderText(aReport())).not.toContain('a minute');
  });

  test('says what a guard holds, in its words, and how to decide', () => {
    const text = renderText(aReport(HELD));
    expect(text).toContain('Held: 60 x suspend. 60 of 383 managed people would be suspended.');
    expect(text).toContain('usersync sync approve korenaar --by YOUR-ID');
  });

  test('a dry run has nothing to decide', () => {
    const report = aReport(HELD);
    const text = renderText({ ...report, run: { ...report.run, kind: 'dry' } });
    expect(text).not.toContain('sync approve');
    expect(text).toContain('A live run would hold these changes');
  });

  test('says what failed and why', () => {
    const failed = aChange({ status: 'failed', problem: 'The network refused it.' });
    expect(renderText(aReport({ failures: [failed] }))).toMatch(/What failed[^]*The network refused it\./);
  });

  test('has colours only when they are asked for', () => {
    expect(renderText(aReport())).not.toContain('\u001b[');
    expect(renderText(aReport(), coloured)).toContain('\u001b[1m');
  });

  test('fits the terminal', () => {
    const long = aChange({ why: 'because '.repeat(40), what: 'join '.repeat(30) });
    const lines = renderText(aReport({ changes: [long], kinds: [] }), undefined, 100).split('\n');
    expect(Math.max(...lines.slice(2).map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('a quiet day says so', () => {
    const text = renderText(aReport({ kinds: [], changes: [], totalChanges: 0 }));
    expect(text).toContain('No changes: the network is as it should be.');
    const quiet = aReport({ kinds: [], changes: [], totalChanges: 0 });
    expect(renderText({ ...quiet, run: { ...quiet.run, pilotId: 1 } })).not.toContain('as it should be');
  });
});

describe('the report as Markdown', () => {
  test('has the table of the run and the changes', () => {
    const markdown = renderMarkdown(aReport());
    expect(markdown).toContain('| read | active |');
    expect(markdown).toContain('| 1,000 | 383 |');
    expect(markdown).toContain('| 0004711 Anna de Vries | join department "Bakery" |');
  });

  test('a name opens no cell, link or tag', () => {
    const markdown = renderMarkdown(aReport({ changes: [aChange({ person: 'A|B [x](http://evil) <b>' })] }));
    expect(markdown).toContain('A\\|B \\[x\\](http://evil) &lt;b&gt;');
  });
});

describe('the report as a page', () => {
  test('needs nothing from anywhere and runs nothing', () => {
    const html = renderHtml(aReport());
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/<script|<link|<img|url\(|https?:/);
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('@media print');
  });

  test('a name is text', () => {
    const html = renderHtml(aReport({ changes: [aChange({ person: '<script>alert("1")</script>' })] }));
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  });
});

describe('the report for spreadsheets', () => {
  test('has a line for every change, and can be put together from pages', () => {
    const csv =
      changesCsv([], true) +
      changesCsv([aChange()], false) +
      changesCsv([aChange({ seq: 2, why: 'a, "b"\nc' })], false);
    const { data, errors } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(2);
    expect(data[0]).toMatchObject({ xid: '0004711', rows: '7', rule: 'groups[1]', status: 'done' });
    expect(data[1]?.['why']).toBe('a, "b"\nc');
  });

  test('no cell is run as a formula', () => {
    expect(warningsCsv([aWarning({ column: '=cmd|calc' })])).toContain("'=cmd|calc");
  });
});
