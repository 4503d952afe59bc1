import { shortDate } from '../../onboarding/calendar/date-words.js';
import { LEFT, NOW_HEIGHT, number, PLANNED_HEIGHT, RIGHT, text, xOf, type Canvas } from './canvas.js';

/** Room that the name of a week takes. */
const WEEK_WORDS = 52;
/** From one sign of the legend to the next. */
const LEGEND_STEP = 92;

export function drawWeekLines(canvas: Canvas): readonly string[] {
  const { layout, top, bottom } = canvas;
  return layout.weeks.map((column) => {
    const x = number(xOf(canvas, column));
    return `<line class="week" x1="${x}" y1="${top - 34}" x2="${x}" y2="${bottom}"/>`;
  });
}

/** As many weeks have a name as there is room for. */
export function drawWeekNames(canvas: Canvas): readonly string[] {
  const { layout, top } = canvas;
  const everyWeek = Math.ceil((WEEK_WORDS + 4) / (canvas.column * 5));
  return layout.weeks.flatMap((column, index) => {
    const x = xOf(canvas, column) + 4;
    if (index % everyWeek !== 0 || x + WEEK_WORDS > RIGHT) return [];
    const date = shortDate(layout.columns[column] ?? '');
    return [text(x, top - 22, `Week ${index + 1}`, 'over'), text(x, top - 8, date, 'faint over')];
  });
}

export function drawToday(canvas: Canvas): string {
  const x = xOf(canvas, canvas.layout.todayAt);
  const anchor = x > RIGHT - 40 ? 'end' : 'middle';
  return (
    `<line class="today" x1="${number(x)}" y1="${canvas.top}" x2="${number(x)}" y2="${canvas.bottom + 4}"/>` +
    text(x, canvas.bottom + 17, `today, ${shortDate(canvas.layout.today)}`, 'today-words', anchor)
  );
}

/** The flag stands at the end of its day; the planned one below it when go-live moved, so that both have room. */
export function drawFlags(canvas: Canvas): string {
  const { layout, schedule, top } = canvas;
  const isMoved = layout.goLive !== layout.plannedGoLive;
  const now = `go-live, ${shortDate(schedule.goLive)}`;
  if (!isMoved) return drawFlag(canvas, layout.goLive, top - 58, now, '');
  const planned = drawFlag(
    canvas,
    layout.plannedGoLive,
    top - 58,
    `planned, ${shortDate(schedule.plannedGoLive)}`,
    ' plan',
  );
  return planned + drawFlag(canvas, layout.goLive, top - 76, now, ' moved');
}

function drawFlag(canvas: Canvas, column: number, top: number, words: string, className: string): string {
  const x = number(xOf(canvas, column + 1));
  return (
    `<line class="pole${className}" x1="${x}" y1="${top}" x2="${x}" y2="${canvas.bottom}"/>` +
    `<path class="flag${className}" d="M${x} ${top} l-16 6 l16 6 z"/>` +
    text(x - 20, top + 10, words, 'faint', 'end')
  );
}

export function drawLegend(y: number): string {
  const bars = [
    ['planned', 'planned'],
    ['done', 'done'],
    ['open', 'open'],
    ['late', 'late'],
    ['pause', 'pause'],
  ] as const;
  const drawn = bars.map(([className, words], index) => {
    const x = LEFT + index * LEGEND_STEP;
    const height = className === 'planned' || className === 'pause' ? PLANNED_HEIGHT : NOW_HEIGHT;
    return (
      `<rect class="${className}" x="${x}" y="${y - 4 - height / 2}" width="26" height="${height}" rx="3"/>` +
      text(x + 34, y, words, 'faint')
    );
  });
  const x = LEFT + bars.length * LEGEND_STEP;
  const arrow = `<path class="arrow" d="M${x} ${y - 4} H${x + 26}" marker-end="url(#gantt-head)"/>`;
  return drawn.join('') + arrow + text(x + 34, y, 'critical path', 'faint');
}
