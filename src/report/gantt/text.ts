import { shortDate } from '../../onboarding/calendar/date-words.js';
import type { PlannedItem, Schedule, ScheduledItem } from '../../onboarding/schedule/types.js';
import { plain, type Paint } from '../paint.js';
import { oneLine } from '../words.js';
import { shorten } from './canvas.js';
import { layOut, type GanttLayout, type GanttRow, type Span } from './layout.js';
import { goLiveWords, PHASE_NAMES, SIDE_NAMES, stateOf, statusWords } from './words.js';

const SIGNS = { planned: '─', done: '█', open: '▒', late: '╳', pause: '┊', today: '│' } as const;
type Sign = keyof typeof SIGNS;

const FLAG = '⚑';
const PLANNED_FLAG = '⚐';

const NARROWEST = 60;
const TITLE_SHARE = 0.28;
const SIDE = 8;
const DUE = 6;
/** `92 days later than planned` would leave nothing of the plan, so the status is shorter here than in a picture. */
const STATUS = 8;

export interface GanttTextOptions {
  /** Names the implementation; no person. */
  readonly title: string;
  /** Columns of the terminal; 60 at least. */
  readonly width: number;
  readonly paint?: Paint;
}

/** The plan against today for a terminal: one line for each item, readable without colours. */
export function renderGanttText(
  schedule: Schedule,
  items: readonly PlannedItem[],
  { title, width, paint = plain }: GanttTextOptions,
): string {
  const layout = layOut(schedule, items);
  const columns = Math.max(NARROWEST, Math.floor(width));
  const letters = Math.floor(columns * TITLE_SHARE);
  const chart = columns - letters - SIDE - DUE - STATUS - 4;
  const scale = scaleOf(layout, chart);
  const lines = layout.phases.flatMap(({ phase, rows }) => [
    paint.title(PHASE_NAMES[phase]),
    ...rows.map((row) => drawLine(layout, row, { letters, chart, scale, paint })),
  ]);
  const left = letters + SIDE + 2;
  return [
    paint.title(oneLine(title)),
    schedule.goLiveShift > 0 ? paint.attention(goLiveWords(schedule)) : paint.good(goLiveWords(schedule)),
    '',
    paint.faint(' '.repeat(left) + weekNames(layout, chart, scale)),
    ...lines,
    (' '.repeat(left) + foot(layout, chart, scale)).trimEnd(),
    paint.faint(legend(layout, schedule)),
  ].join('\n');
}

interface Line {
  readonly letters: number;
  readonly chart: number;
  readonly scale: (column: number) => number;
  readonly paint: Paint;
}

/** Where a column begins, in letters; a bar has one letter at least. */
function scaleOf({ columns }: GanttLayout, chart: number): (column: number) => number {
  const each = chart / columns.length;
  return (column) => Math.floor(column * (each > 1 ? Math.floor(each) : each));
}

function drawLine(layout: GanttLayout, row: GanttRow, { letters, chart, scale, paint }: Line): string {
  const { item } = row;
  const cells: (Sign | null)[] = Array.from({ length: chart }, () => null);
  const fill = ({ from, to }: Span, sign: Sign): void => {
    const start = scale(from);
    cells.fill(sign, start, Math.max(start + 1, scale(to + 1)));
  };
  for (const column of layout.paused) fill({ from: column, to: column }, 'pause');
  fill(row.planned, 'planned');
  fill(row.now, stateOf(item) === 'done' ? 'done' : 'open');
  if (row.overrun !== null) fill(row.overrun, 'late');
  const today = scale(layout.todayAt);
  if (cells[today] === null || cells[today] === 'pause') cells[today] = 'today';
  const name = ` ${shorten(oneLine(item.title), letters - 1)}`.padEnd(letters);
  const side = SIDE_NAMES[item.side].padEnd(SIDE);
  const due = shortDate(item.dueDate).padStart(DUE);
  return `${name} ${paint.faint(side)} ${paintCells(cells.slice(0, chart), paint)} ${due} ${status(item, paint)}`.trimEnd();
}

/** Neighbours of one kind are painted together, so that a line has few codes. */
function paintCells(cells: readonly (Sign | null)[], paint: Paint): string {
  const parts: { sign: Sign | null; length: number }[] = [];
  for (const sign of cells) {
    const last = parts.at(-1);
    if (last?.sign === sign) last.length++;
    else parts.push({ sign, length: 1 });
  }
  return parts
    .map(({ sign, length }) => brush(sign, paint)((sign === null ? ' ' : SIGNS[sign]).repeat(length)))
    .join('');
}

function brush(sign: Sign | null, paint: Paint): (text: string) => string {
  if (sign === 'done') return paint.good;
  if (sign === 'late') return paint.bad;
  if (sign === 'today') return paint.attention;
  return sign === 'planned' || sign === 'pause' ? paint.faint : (text) => text;
}

/** `done`, `5d late`, `+3d`: what `statusWords` says, in eight letters. */
function status(item: ScheduledItem, paint: Paint): string {
  if (item.done) return paint.good('done');
  if (item.lateBy > 0) return paint.bad(`${item.lateBy}d late`);
  if (item.shiftedBy === 0) return statusWords(item);
  return paint.attention(`${item.shiftedBy > 0 ? '+' : ''}${item.shiftedBy}d`);
}

/** `1`, `2`, ... at the first day of each week that has room for it. */
function weekNames(layout: GanttLayout, chart: number, scale: (column: number) => number): string {
  let line = '';
  layout.weeks.forEach((column, index) => {
    const name = `w${index + 1}`;
    const at = scale(column);
    if (at + name.length <= chart && (line === '' || at > line.length)) line = line.padEnd(at) + name;
  });
  return line;
}

/** Below the plan: where today and go-live are. */
function foot(layout: GanttLayout, chart: number, scale: (column: number) => number): string {
  const cells = Array.from({ length: chart }, () => ' ');
  cells[scale(layout.todayAt)] = SIGNS.today;
  cells[scale(layout.plannedGoLive + 1) - 1] = PLANNED_FLAG;
  cells[scale(layout.goLive + 1) - 1] = FLAG;
  return cells.slice(0, chart).join('');
}

function legend(layout: GanttLayout, schedule: Schedule): string {
  const bars = (['planned', 'done', 'open', 'late', 'pause'] as const).map((sign) => `${SIGNS[sign]} ${sign}`);
  const planned = schedule.goLiveShift === 0 ? [] : [`${PLANNED_FLAG} planned ${shortDate(schedule.plannedGoLive)}`];
  const today = `${SIGNS.today} today ${shortDate(layout.today)}`;
  return [bars.join('  '), [today, `${FLAG} go-live ${shortDate(schedule.goLive)}`, ...planned].join('  ')].join('\n');
}
