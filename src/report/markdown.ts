import { GIVEN_UP_HEAD, givenUpRows, givenUpTitle } from './given-up-table.js';
import { headline, wasPlanned } from './headline.js';
import { kindWords } from './kind-counts.js';
import { escapeMarkdown as escaped, markdownTable as table } from './markdown-parts.js';
import type { RunReport } from './run-report.js';
import { summaryWords } from './summary-table.js';
import { subject } from './subject.js';
import { numberWords, partWords } from './words.js';

/** The report for tickets, chats and wikis. */
export function renderMarkdown(report: RunReport): string {
  const { title, facts, problem, next } = headline(report);
  const sections = [
    `# ${escaped(title)}`,
    facts.map(escaped).join('  \n'),
    problem === null ? '' : `**${escaped(problem)}**`,
    wasPlanned(report) ? summary(report) : '',
    kinds(report),
    report.held
      .map(({ kind, changes, guard }) => `- **Held: ${numberWords(changes)} × ${kindWords(kind)}.** ${escaped(guard)}`)
      .join('\n'),
    failures(report),
    givenUp(report),
    changes(report),
    warnings(report),
    next.map(escaped).join('  \n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary({ counts }: RunReport): string {
  const words = summaryWords();
  return table(
    words.map(([word]) => word),
    [words.map(([, valueOf]) => valueOf(counts))],
    '---:',
  );
}

function kinds({ kinds }: RunReport): string {
  if (kinds.length === 0) return '';
  const words = ['planned', 'done', 'failed', 'skipped', 'held', 'refused', 'expired'] as const;
  const rows = kinds.map((kind) => [kindWords(kind.kind), ...words.map((word) => numberWords(kind[word]))]);
  return `## Changes by kind\n\n${table(['change', ...words], rows)}`;
}

function failures({ failures }: RunReport): string {
  if (failures.length === 0) return '';
  const rows = failures.map((change) => [subject(change), change.what, change.problem ?? '']);
  return `## What failed\n\n${table(['who', 'change', 'problem'], rows)}`;
}

function givenUp(report: RunReport): string {
  if (report.givenUp.length === 0) return '';
  return `## ${givenUpTitle(report)}\n\n${table([...GIVEN_UP_HEAD], givenUpRows(report))}`;
}

function changes({ changes, totalChanges }: RunReport): string {
  if (changes.length === 0) return '';
  const rows = changes.map((change) => [subject(change), change.what, change.why, change.status]);
  return `## ${partWords(changes.length, totalChanges, 'change')}\n\n${table(['who', 'change', 'why', 'status'], rows)}`;
}

function warnings({ warnings, totalWarnings }: RunReport): string {
  if (warnings.length === 0) return '';
  const rows = warnings.map(({ rows, column, xid, text }) => [rows.join(', '), column ?? '', xid ?? '', text]);
  return `## ${partWords(warnings.length, totalWarnings, 'warning')}\n\n${table(['rows', 'column', 'XID', 'what to mend'], rows)}`;
}
