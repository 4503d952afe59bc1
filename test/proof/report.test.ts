import { describe, expect, it } from 'vitest';
import { checkActivation, checkDaily } from '../../src/proof/checks/checks.js';
import { readExpectations } from '../../src/proof/expectations.js';
import { makeNextDay } from '../../src/proof/next-day/make.js';
import { makeTestReport, type TestReport } from '../../src/proof/report.js';
import { readRules } from '../../src/proof/rules.js';
import { renderTestReportHtml, renderTestReportMarkdown } from '../../src/report/test-report/test-report.js';
import { EMPTY, EngineNetwork } from './engine.js';
import { staff, STORES } from './stores.js';

/** A whole test of so many people; `wrong`: the engine was given another mapping than the one that is proven. */
function aReport(people: number, wrong = STORES): TestReport {
  const rows = staff(people);
  const today = '2026-05-01';
  const rules = readRules(STORES);
  const engine = new EngineNetwork(wrong);
  engine.sync(rows, today);
  const found = engine.found();
  const expected = readExpectations({ document: STORES, rows, today });
  const day = { expected, before: EMPTY, found };
  const made = makeNextDay({ document: STORES, rows, today, seed: 3, expected });
  engine.sync(made.rows, made.today);
  const second = readExpectations({ document: STORES, rows: made.rows, today: made.today, previous: expected });
  const secondDay = { expected: second, previous: expected, before: found, found: engine.found() };
  return makeTestReport({
    ...{ customerName: 'Stores & <Co>', number: 2, version: 7, date: today, rows: rows.length },
    activation: { day, checks: checkActivation(rules, day) },
    daily: { day: secondDay, checks: checkDaily(rules, secondDay), made },
    guards: [
      { what: 'a delivery with a third of the rows missing', happened: 'was held; nothing was changed', isRight: true },
    ],
    pointsTo: [{ name: 'Location+JobTitle', combinations: 3, people: 4, proposal: 'merge' }],
  });
}

describe('the report of a test that passed', () => {
  const report = aReport(300);
  const html = renderTestReportHtml(report);
  const markdown = renderTestReportMarkdown(report);

  it('says so', () => {
    expect(report.isPassed).toBe(true);
    expect(markdown).toContain('**Everything that was looked at is as the mapping says.**');
    expect(html).not.toContain('✗');
  });
  it('asks the seven questions of the timeline', () => {
    for (const question of [
      'Are all users invited?',
      'Are all invited users added to the right groups?',
      'Are all profiles pre-filled with the provided information?',
      'Are all users assigned to the correct roles?',
      'Have all new employees been invited to the network?',
      'Have all former employees been removed from the network?',
      'Have all the changes on existing employees been applied?',
    ]) {
      expect(html).toContain(question);
      expect(markdown).toContain(`| ${question} |`);
    }
  });
  it('lists what still points to few people, and how it is accepted', () => {
    for (const page of [html, markdown]) {
      expect(page).toContain('What could still point to somebody');
      expect(page).toContain('put rare values together, in the file or by a lookup');
      expect(page).toContain('--accept all');
    }
    expect(markdown).toContain('| Location+JobTitle | 3 | 4 |');
  });
  it('has two pictures, each with words for who cannot see it', () => {
    expect(html.match(/<svg /g)).toHaveLength(2);
    expect(html).toContain('<title id="groups-title">People per group, before and after</title>');
    expect(html).toContain('<desc id="checks-desc">9 checks; none of them found a difference.</desc>');
  });
  it('shows ten people of each audience, with their groups and roles', () => {
    expect(report.samples.map(({ audience, people, total }) => [audience, people.length, total > 10])).toEqual([
      ['sms', 10, true],
      ['letter', 10, true],
      ['email', 10, true],
      ['none', 10, true],
    ]);
    expect(report.samples[0]?.people.every(({ groups }) => groups.length > 2)).toBe(true);
    expect(markdown).toContain('## Invited by SMS: 10 of');
  });
  it('counts the people of each group before and after', () => {
    const counted = report.groups.find(({ words }) => words === 'department Sales');
    const are = (network: 'afterActivation' | 'afterDaily') => counted?.[network] ?? 0;
    expect(counted?.before).toBe(0);
    expect(are('afterActivation')).toBeGreaterThan(50);
    expect(report.groups.some(({ afterActivation, afterDaily }) => afterActivation !== afterDaily)).toBe(true);
  });
  it('lists what happened to whom on the made days', () => {
    expect(report.events.every(({ isRight }) => isRight)).toBe(true);
    expect(markdown).toContain('| 2 | promotion |');
  });
  it('holds no name, address or number of anybody', () => {
    for (const { fields } of staff(300)) {
      for (const column of ['First', 'Last', 'Mail', 'Phone']) {
        const value = fields?.[column] ?? '';
        if (value.length > 4) expect(html.includes(value) || markdown.includes(value)).toBe(false);
      }
    }
  });
  it('lets no name of a customer become a tag, and loads nothing', () => {
    expect(html).toContain('Stores &amp; &lt;Co&gt;');
    expect(html).not.toMatch(/<script|src=|href=|url\(/);
  });
});

describe('the report of a test that failed', () => {
  const report = aReport(300, STORES.replace('Job in ("MG", "DR")', 'Job == "DR"'));
  const markdown = renderTestReportMarkdown(report);

  it('says what is wrong, about whom, by which rule', () => {
    expect(report.isPassed).toBe(false);
    expect(markdown).toContain('found something that is not as the mapping says. The test has not passed.');
    expect(markdown).toMatch(
      /\| 00\d+ \| groups\\\[3\\\] \| topic group \| in the topic group Managers \| not in it \|/,
    );
  });
  it('marks the event that did not become what it should', () => {
    expect(report.events.filter(({ isRight }) => !isRight).length).toBeGreaterThan(0);
  });
});

it('a report of 5,000 people is as long as one of few', () => {
  const wrong = STORES.replace('givenName: First', 'givenName: Last');
  const many = renderTestReportHtml(aReport(5_000, wrong));
  const few = renderTestReportHtml(aReport(1_000, wrong));
  expect(many).toContain('The first 50 of');
  expect(many.length).toBeLessThan(few.length * 1.2);
});
