import { GIVEN_UP_HEAD, givenUpRows, givenUpTitle } from './given-up-table.js';
import { headline, wasPlanned } from './headline.js';
import { kindWords } from './kind-counts.js';
import { plain, type Paint } from './paint.js';
import type { RunReport } from './run-report.js';
import { subject } from './subject.js';
import { summaryTable } from './summary-table.js';
import { renderTable } from './table.js';
import { numberWords, oneLine, partWords } from './words.js';

/** The report on a terminal of so many letters. */
export function renderText(report: RunReport, paint: Paint = plain, width = 140): string {
  const sections = [
    head(report, paint),
    wasPlanned(report) ? summaryTable([{ title: `run ${report.run.number}`, counts: report.counts }], paint) : '',
    kinds(report, paint),
    held(report, paint),
    failures(report, paint, width),
    givenUp(report, paint, width),
    changes(report, paint, width),
    warnings(report, paint, width),
    headline(report).next.join('\n'),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function head(report: RunReport, paint: Paint): string {
  const { title, facts, problem } = headline(report);
  return [
    paint.title(oneLine(title)),
    ...facts.map(oneLine),
    ...(problem === null ? [] : [paint.bad(oneLine(problem))]),
  ].join('\n');
}

/** Of everybody else a run for some people says nothing. */
function quietWords({ pilotId }: RunReport['run']): string {
  return pilotId === null
    ? 'No changes: the network is as it should be.'
    : 'No changes for the people whom this run is for.';
}

function kinds({ kinds, run }: RunReport, paint: Paint): string {
  if (kinds.length === 0) return run.problem === null ? quietWords(run) : '';
  const isDry = run.kind === 'dry';
  const words = isDry
    ? (['planned', 'held'] as const)
    : (['planned', 'done', 'failed', 'skipped', 'held', 'refused', 'expired'] as const);
  const rows = kinds.map((kind) => [kindWords(kind.kind), ...words.map((word) => numberWords(kind[word]))]);
  return renderTable({ head: ['change', ...words], right: words.map((_, index) => index + 1) }, rows, paint);
}

function held({ held }: RunReport, paint: Paint): string {
  return held
    .map(
      ({ kind, changes, guard }) =>
        `${paint.attention(`Held: ${numberWords(changes)} x ${kindWords(kind)}.`)} ${oneLine(guard)}`,
    )
    .join('\n');
}

function failures({ failures }: RunReport, paint: Paint, width: number): string {
  if (failures.length === 0) return '';
  const rows = failures.map((change) => [subject(change), change.what, change.problem ?? '']);
  const table = renderTable(
    { head: ['who', 'change', 'problem'], widths: shares(width, [0.2, 0.35, 0.35]) },
    rows,
    paint,
  );
  return `${paint.bad('What failed')}\n${table}`;
}

function givenUp(report: RunReport, paint: Paint, width: number): string {
  if (report.givenUp.length === 0) return '';
  const shape = { head: GIVEN_UP_HEAD, right: [2], widths: shares(width, [0.2, 0.1, 0.05, 0.13, 0.13, 0.3]) };
  return `${paint.bad(givenUpTitle(report))}\n${renderTable(shape, givenUpRows(report), paint)}`;
}

function changes({ changes, totalChanges, run }: RunReport, paint: Paint, width: number): string {
  if (changes.length === 0) return '';
  const title = partWords(changes.length, totalChanges, 'change');
  const shape = { head: ['who', 'change', 'why', 'status'], widths: shares(width, [0.2, 0.3, 0.3]) };
  const rows = changes.map((change) => [subject(change), change.what, change.why, change.status]);
  return `${paint.title(title)}${run.kind === 'dry' ? ', none of them done' : ''}\n${renderTable(shape, rows, paint)}`;
}

function warnings({ warnings, totalWarnings }: RunReport, paint: Paint, width: number): string {
  if (warnings.length === 0) return '';
  const title = partWords(warnings.length, totalWarnings, 'warning');
  const rows = warnings.map(({ rows, column, xid, text }) => [rows.join(', '), column ?? '', xid ?? '', text]);
  const shape = { head: ['rows', 'column', 'XID', 'what to mend'], widths: shares(width, [0.1, 0.15, 0.15, 0.45]) };
  return `${paint.attention(title)}\n${renderTable(shape, rows, paint)}`;
}

/** Widths of columns as shares of the line; the rest is for frames. */
function shares(width: number, parts: readonly number[]): Readonly<Record<number, number>> {
  return Object.fromEntries(parts.map((part, column) => [column, Math.max(8, Math.floor(part * width))]));
}
