import { GIVEN_UP_HEAD, givenUpRows, givenUpTitle } from './given-up-table.js';
import { headline, wasPlanned } from './headline.js';
import { escapeHtml, htmlTable } from './html-parts.js';
import { htmlPage } from './html-page.js';
import { kindWords } from './kind-counts.js';
import type { RunReport } from './run-report.js';
import { subject } from './subject.js';
import { summaryWords } from './summary-table.js';
import { numberWords, partWords } from './words.js';

/** One page that needs nothing else: no script, no font, no picture from anywhere. Light or dark as the reader likes, and printable. */
export function renderHtml(report: RunReport): string {
  const { title, facts, problem, next } = headline(report);
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    facts.map((fact) => `<p class="fact">${escapeHtml(fact)}</p>`).join('\n'),
    problem === null ? '' : `<p class="alarm">${escapeHtml(problem)}</p>`,
    wasPlanned(report) ? summary(report) : '',
    held(report),
    kinds(report),
    failures(report),
    givenUp(report),
    changes(report),
    warnings(report),
    next.map((step) => `<p class="next">${escapeHtml(step)}</p>`).join('\n'),
  ];
  return htmlPage(title, body.filter((part) => part !== '').join('\n'));
}

function summary({ counts }: RunReport): string {
  const tiles = summaryWords().map(
    ([word, valueOf]) =>
      `<div class="${tileClass(word, valueOf(counts))}"><dt>${word}</dt><dd>${valueOf(counts)}</dd></div>`,
  );
  return `<dl class="summary">${tiles.join('')}</dl>`;
}

function tileClass(word: string, value: string): string {
  return (word === 'held' || word === 'failed') && value !== '0' ? 'tile attention' : 'tile';
}

function held({ held }: RunReport): string {
  return held
    .map(
      ({ kind, changes, guard }) =>
        `<p class="held"><strong>Held: ${numberWords(changes)} × ${kindWords(kind)}.</strong> ${escapeHtml(guard)}</p>`,
    )
    .join('\n');
}

function kinds({ kinds }: RunReport): string {
  if (kinds.length === 0) return '';
  const words = ['planned', 'done', 'failed', 'skipped', 'held', 'refused', 'expired'] as const;
  const rows = kinds.map((kind) => [kindWords(kind.kind), ...words.map((word) => numberWords(kind[word]))]);
  return section('Changes by kind', htmlTable(['change', ...words], rows, { numbersFrom: 1 }));
}

function failures({ failures }: RunReport): string {
  if (failures.length === 0) return '';
  const rows = failures.map((change) => [subject(change), change.what, change.problem ?? '']);
  return section('What failed', htmlTable(['who', 'change', 'problem'], rows));
}

function givenUp(report: RunReport): string {
  if (report.givenUp.length === 0) return '';
  return section(givenUpTitle(report), htmlTable([...GIVEN_UP_HEAD], givenUpRows(report)));
}

function changes({ changes, totalChanges }: RunReport): string {
  if (changes.length === 0) return '';
  const rows = changes.map((change) => [subject(change), change.what, change.why, change.status]);
  return section(
    partWords(changes.length, totalChanges, 'change'),
    htmlTable(['who', 'change', 'why', 'status'], rows),
  );
}

function warnings({ warnings, totalWarnings }: RunReport): string {
  if (warnings.length === 0) return '';
  const rows = warnings.map(({ rows, column, xid, text }) => [rows.join(', '), column ?? '', xid ?? '', text]);
  const table = htmlTable(['rows', 'column', 'XID', 'what to mend'], rows);
  return section(partWords(warnings.length, totalWarnings, 'warning'), table);
}

function section(title: string, content: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>${content}</section>`;
}
