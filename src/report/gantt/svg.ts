import type { PlannedItem, Schedule } from '../../onboarding/schedule/types.js';
import { escapeHtml } from '../html-parts.js';
import { canvasOf, EDGE, rectangle, text, WIDTH } from './canvas.js';
import { layOut } from './layout.js';
import { drawFlags, drawLegend, drawToday, drawWeekLines, drawWeekNames } from './svg-frame.js';
import { drawArrows, drawBand, drawRow } from './svg-rows.js';
import { GANTT_STYLE } from './svg-style.js';
import { describe, goLiveWords } from './words.js';

const REASON_LETTERS = 150;
const LINE = 16;

export interface GanttOptions {
  /** Names the implementation; no person. */
  readonly title: string;
}

/** A picture of the plan against today, 1000 units wide: weeks in working days, one row for each item. */
export function renderGanttSvg(schedule: Schedule, items: readonly PlannedItem[], { title }: GanttOptions): string {
  const layout = layOut(schedule, items);
  const reason = wrap(goLiveWords(schedule), REASON_LETTERS);
  const canvas = canvasOf(schedule, layout, 34 + reason.length * LINE);
  const height = canvas.bottom + 62;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="gantt" role="img" aria-labelledby="gantt-title gantt-desc" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">`,
    `<title id="gantt-title">${escapeHtml(title)}</title>`,
    `<desc id="gantt-desc">${escapeHtml(describe(schedule))}</desc>`,
    `<style>${GANTT_STYLE}</style>`,
    DEFINITIONS,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    text(EDGE, 28, title, 'title'),
    ...reason.map((line, index) => text(EDGE, 48 + index * LINE, line, 'faint')),
    ...layout.phases.map((phase) => drawBand(canvas, phase)),
    ...drawWeekLines(canvas),
    ...layout.paused.map((column) =>
      rectangle(canvas, { from: column, to: column }, canvas.top, canvas.bottom - canvas.top, 'pause'),
    ),
    ...layout.phases.flatMap(({ rows }) => rows.map((row) => drawRow(canvas, row))),
    ...drawArrows(canvas),
    drawToday(canvas),
    drawFlags(canvas),
    ...drawWeekNames(canvas),
    drawLegend(canvas.bottom + 44),
    '</svg>',
    '',
  ].join('\n');
}

const DEFINITIONS =
  '<defs><pattern id="gantt-pause" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<line class="stripe" x1="0" y1="0" x2="0" y2="6"/></pattern>' +
  '<marker id="gantt-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">' +
  '<path class="head" d="M0 0 L8 4 L0 8 z"/></marker></defs>';

function wrap(words: string, letters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= letters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
