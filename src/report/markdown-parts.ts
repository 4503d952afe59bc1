import { oneLine } from './words.js';

/** Numbers stand to the right with `---:`. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignment = '---',
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => alignment)), ...rows.map((row) => line(row.map(escapeMarkdown)))].join('\n');
}

/** Names come from outside: none of them may open a link, a tag, a table cell or a heading. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#~]/g, (sign) =>
    sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : `\\${sign}`,
  );
}
