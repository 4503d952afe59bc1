import type { TestReport } from '../../proof/report.js';
import { htmlPage } from '../html-page.js';
import { escapeHtml, htmlTable } from '../html-parts.js';
import { escapeMarkdown, markdownTable } from '../markdown-parts.js';
import { countWords, numberWords } from '../words.js';
import type { Block, TableBlock, TestDocument } from './document.js';
import { sectionsOf } from './sections.js';
import { CHART_STYLE } from './svg.js';
import { peopleWords, verdictWords } from './words.js';

/** The report of a test as a customer reads it, as a page that needs nothing else: no script, nothing from elsewhere, printable. */
export function renderTestReportHtml(report: TestReport): string {
  const { title, verdict, facts, sections, isPassed: passed } = documentOf(report);
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...facts.map((fact) => `<p class="fact">${escapeHtml(fact)}</p>`),
    `<p class="verdict${passed ? '' : ' failed'}">${escapeHtml(verdict)}</p>`,
    ...sections.map(
      (section) => `<section><h2>${escapeHtml(section.title)}</h2>\n${section.blocks.map(html).join('\n')}\n</section>`,
    ),
  ];
  return htmlPage(title, body.join('\n'), CHART_STYLE);
}

/** The same as Markdown, with tables where the page has pictures. */
export function renderTestReportMarkdown(report: TestReport): string {
  const { title, verdict, facts, sections } = documentOf(report);
  const parts = [
    `# ${escapeMarkdown(title)}`,
    facts.map(escapeMarkdown).join('\n\n'),
    `**${escapeMarkdown(verdict)}**`,
    ...sections.flatMap((section) => [`## ${escapeMarkdown(section.title)}`, ...section.blocks.map(markdown)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function documentOf(report: TestReport): TestDocument {
  const { customerName, number, version, date, rows, people, secondDay } = report;
  const second = { made: 'a second and a third day that were made of it', delivered: 'the delivery after it' };
  return {
    title: `Test ${number} of the User Sync of ${customerName}`,
    isPassed: report.isPassed,
    verdict: verdictWords(report),
    facts: [
      `Version ${version} of the mapping, tried on ${date} with ${countWords(rows, 'row')}${secondDay === null ? '' : ` and ${second[secondDay]}`}, in a copy of the network. Nobody was told anything, and the network itself was not touched.`,
      `By the record ${peopleWords(people.active)} belong into the network and ${numberWords(people.absent)} do not; ${numberWords(people.unchanged)} cannot be judged or are left alone, and stay as they are.`,
      'What should be was computed a second time, apart from the sync, from the file and the mapping alone, and compared with what the copy showed.',
    ],
    sections: sectionsOf(report),
  };
}

function html(block: Block): string {
  if (block.kind === 'text') return `<p>${escapeHtml(block.text)}</p>`;
  return block.kind === 'picture' ? `<div class="scroll">${block.svg}</div>` : table(block);
}

function table({ head, rows, numbersFrom }: Omit<TableBlock, 'kind'>): string {
  return htmlTable(head, rows, numbersFrom === undefined ? {} : { numbersFrom });
}

function markdown(block: Block): string {
  if (block.kind === 'text') return escapeMarkdown(block.text);
  const { head, rows } = block.kind === 'picture' ? block.table : block;
  return markdownTable(head, rows);
}
