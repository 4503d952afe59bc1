import type { Schedule } from '../../onboarding/schedule/types.js';
import { escapeHtml } from '../html-parts.js';
import type { GanttLayout, Span } from './layout.js';

export const WIDTH = 1_000;
/** Between these the plan itself; names stand left of it. */
export const LEFT = 316;
export const RIGHT = 976;
export const EDGE = 16;
export const ROW = 24;
export const PLANNED_HEIGHT = 16;
export const NOW_HEIGHT = 9;
/** Flags and names of weeks above the plan. */
const HEAD = 82;

/** Everything is placed from here: x by column, y by row. */
export interface Canvas {
  readonly layout: GanttLayout;
  readonly schedule: Schedule;
  readonly column: number;
  readonly top: number;
  readonly bottom: number;
  /** Top of a phase's band, and of the row of an item. */
  readonly yOf: ReadonlyMap<string, number>;
}

/** `above`: height of the title and what stands below it. */
export function canvasOf(schedule: Schedule, layout: GanttLayout, above: number): Canvas {
  const top = above + HEAD;
  const yOf = new Map<string, number>();
  let y = top;
  for (const { phase, rows } of layout.phases) {
    yOf.set(phase, y);
    y += ROW;
    for (const { item } of rows) {
      yOf.set(item.id, y);
      y += ROW;
    }
  }
  return { layout, schedule, column: (RIGHT - LEFT) / layout.columns.length, top, bottom: y, yOf };
}

export function xOf(canvas: Canvas, column: number): number {
  return LEFT + column * canvas.column;
}

export function rectangle(
  canvas: Canvas,
  { from, to }: Span,
  y: number,
  height: number,
  className: string,
  radius = 0,
): string {
  const x = xOf(canvas, from);
  const width = xOf(canvas, to + 1) - x;
  return `<rect class="${className}" x="${number(x)}" y="${y}" width="${number(width)}" height="${height}"${radius > 0 ? ` rx="${radius}"` : ''}/>`;
}

export function text(
  x: number,
  y: number,
  words: string,
  className = '',
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  const classes = className === '' ? '' : ` class="${className}"`;
  const anchored = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${number(x)}" y="${y}"${classes}${anchored}>${escapeHtml(words)}</text>`;
}

export function number(value: number): number {
  return Math.round(value * 10) / 10;
}

export function shorten(words: string, letters: number): string {
  return words.length <= letters ? words : `${words.slice(0, letters - 1).trimEnd()}…`;
}
