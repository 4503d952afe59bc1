import { htmlPage } from '../html-page.js';
import { escapeHtml, htmlTable } from '../html-parts.js';
import type { Block, ConceptDocument, ShownLine } from './document.js';

const STYLE = `
.lines { list-style: none; margin: .5rem 0; padding: 0; }
.lines > li { padding: .4rem .6rem; border-left: .25rem solid var(--line); margin: .35rem 0; }
.lines > li.new, .lines > li.changed { border-left-color: var(--attention); background: var(--attention-tile); }
.id { display: inline-block; min-width: 2.2rem; font-weight: 600; }
.mark { color: var(--attention); font-weight: 600; }
.effect { color: var(--faint); white-space: nowrap; }
.before { color: var(--faint); margin: .2rem 0 0 2.2rem; }
.comment { margin: .2rem 0 0 2.2rem; }
`;

/** One page like the other reports: no script, nothing from elsewhere, printable. Every line can be linked to by its id. */
export function renderConceptHtml({ title, facts, sections }: ConceptDocument): string {
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...facts.map((fact) => `<p class="fact">${escapeHtml(fact)}</p>`),
    ...sections.map(
      (section) =>
        `<section><h2>${escapeHtml(section.title)}</h2>\n${section.blocks.map(renderBlock).join('\n')}\n</section>`,
    ),
  ];
  return htmlPage(title, body.join('\n'), STYLE);
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'lines':
      return `<ul class="lines">\n${block.lines.map(renderLine).join('\n')}\n</ul>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return htmlTable(
        block.head,
        block.rows,
        block.numbersFrom === undefined ? {} : { numbersFrom: block.numbersFrom },
      );
  }
}

function renderLine({ id, text, change, before, effect, comments }: ShownLine): string {
  const mark = change === null || change === 'same' ? '' : ` <span class="mark">${change}</span>`;
  const parts = [
    `<span class="id">${escapeHtml(id)}</span>${mark} ${escapeHtml(text)}`,
    effect === null ? '' : ` <span class="effect">${escapeHtml(effect)}</span>`,
    before === null ? '' : `<div class="before">before: ${escapeHtml(before)}</div>`,
    ...comments.map(
      (comment) =>
        `<div class="comment"><strong>${escapeHtml(comment.by)}</strong> said: ${escapeHtml(comment.text)}</div>`,
    ),
  ];
  return `<li id="${escapeHtml(id)}"${change === null ? '' : ` class="${change}"`}>${parts.join('')}</li>`;
}
