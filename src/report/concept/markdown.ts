import { escapeMarkdown, markdownTable } from '../markdown-parts.js';
import type { Block, ConceptDocument, ShownLine } from './document.js';

const MARKS = { new: ' **(new)**', changed: ' **(changed)**', removed: ' **(removed)**', same: '' } as const;

export function renderConceptMarkdown({ title, facts, sections }: ConceptDocument): string {
  const parts = [
    `# ${escapeMarkdown(title)}`,
    facts.map(escapeMarkdown).join('\n\n'),
    ...sections.flatMap((section) => [`## ${escapeMarkdown(section.title)}`, ...section.blocks.map(renderBlock)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text);
    case 'lines':
      return block.lines.map(renderLine).join('\n');
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'table':
      return markdownTable(block.head, block.rows);
  }
}

function renderLine({ id, text, change, before, effect, comments }: ShownLine): string {
  const mark = change === null ? '' : MARKS[change];
  const shown = effect === null ? '' : ` *${escapeMarkdown(effect)}*`;
  return [
    `- **${id}**${mark} ${escapeMarkdown(text)}${shown}`,
    ...(before === null ? [] : [`  - before: ${escapeMarkdown(before)}`]),
    ...comments.map((comment) => `  - **${escapeMarkdown(comment.by)}** said: ${escapeMarkdown(comment.text)}`),
  ].join('\n');
}
