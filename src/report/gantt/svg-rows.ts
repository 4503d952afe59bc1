import { shortDate } from '../../onboarding/calendar/date-words.js';
import { escapeHtml } from '../html-parts.js';
import {
  EDGE,
  LEFT,
  NOW_HEIGHT,
  number,
  PLANNED_HEIGHT,
  RIGHT,
  ROW,
  rectangle,
  shorten,
  text,
  xOf,
  type Canvas,
} from './canvas.js';
import type { GanttPhase, GanttRow, Span } from './layout.js';
import { PHASE_NAMES, SIDE_NAMES, stateOf, statusWords } from './words.js';

/** So many letters of a title fit beside the plan. */
const TITLE_LETTERS = 32;

/** A faint line for the whole phase, and its planned time on it. */
export function drawBand(canvas: Canvas, { phase, span }: GanttPhase): string {
  const y = canvas.yOf.get(phase) ?? 0;
  const [from, to] = [canvas.layout.columns[span.from] ?? '', canvas.layout.columns[span.to] ?? ''];
  const dates = `${shortDate(from)} to ${shortDate(to)}`;
  return (
    `<rect class="tile" x="${EDGE}" y="${y}" width="${RIGHT - EDGE}" height="${ROW}"/>` +
    rectangle(canvas, span, y, ROW, 'band') +
    text(EDGE + 8, y + 16, PHASE_NAMES[phase], 'phase') +
    text(LEFT - 10, y + 16, dates, 'faint', 'end')
  );
}

/** What was planned as an outline, what is as a bar in it or beside it. */
export function drawRow(canvas: Canvas, row: GanttRow): string {
  const { item } = row;
  const y = canvas.yOf.get(item.id) ?? 0;
  const middle = y + ROW / 2;
  const bar = (span: Span, height: number, className: string): string =>
    rectangle(canvas, span, middle - height / 2, height, className, 3);
  const status = statusWords(item);
  const words = `${item.title} (${SIDE_NAMES[item.side]}): planned ${shortDate(item.plannedDue)}, due ${shortDate(item.dueDate)}`;
  return (
    `<g><title>${escapeHtml(status === '' ? words : `${words}, ${status}`)}</title>` +
    text(EDGE + 20, middle + 4, shorten(item.title, TITLE_LETTERS)) +
    text(LEFT - 10, middle + 4, SIDE_NAMES[item.side], 'faint', 'end') +
    bar(row.planned, PLANNED_HEIGHT, 'planned') +
    bar(row.now, NOW_HEIGHT, stateOf(item) === 'done' ? 'done' : 'open') +
    (row.overrun === null ? '' : bar(row.overrun, NOW_HEIGHT, 'late')) +
    '</g>'
  );
}

/** From the end of a bar down to the beginning of the next; around it where that lies further left. */
export function drawArrows(canvas: Canvas): readonly string[] {
  const rows = new Map(canvas.layout.phases.flatMap((phase) => phase.rows.map((row) => [row.item.id, row])));
  return canvas.layout.arrows.map(([from, to]) => {
    const [before, after] = [rows.get(from), rows.get(to)];
    if (before === undefined || after === undefined) return '';
    const startX = xOf(canvas, (before.overrun ?? before.now).to + 1) - 1;
    const endX = xOf(canvas, after.now.from) + 1;
    const [startY, endY] = [from, to].map((id) => (canvas.yOf.get(id) ?? 0) + ROW / 2);
    const bend = startX + 5;
    const near = (endY ?? 0) - Math.sign((endY ?? 0) - (startY ?? 0)) * (ROW / 2);
    const way =
      endX - 4 > bend
        ? `M${number(startX)} ${startY} H${number(bend)} V${endY} H${number(endX)}`
        : `M${number(startX)} ${startY} H${number(bend)} V${near} H${number(endX - 8)} V${endY} H${number(endX)}`;
    return `<path class="arrow" d="${way}" marker-end="url(#gantt-head)"/>`;
  });
}
