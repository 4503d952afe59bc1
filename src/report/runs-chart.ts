import { runKindWords, statusWords } from './headline.js';
import { plain, type Paint } from './paint.js';
import { countWords, durationWords, instantWords, numberWords } from './words.js';

/** One run of the chart. */
export interface ChartedRun {
  readonly number: number;
  readonly kind: 'dry' | 'live' | 'test';
  readonly status: string;
  readonly startedAt: Date;
  readonly milliseconds: number | null;
  /** All of the plan, whatever became of them; a dry run does none. */
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly held: number;
}

export interface ChartOptions {
  readonly timeZone: string;
  readonly paint?: Paint;
  /** Letters in a line. */
  readonly width?: number;
}

/**
 * Runs as bars, one line each, as long as their changes: done, failed and held ones in colours of their own, the rest faint. One
 * run that towers over all others, such as the first, is cut off, so that those are still told apart.
 */
export function runsChart(runs: readonly ChartedRun[], { timeZone, paint = plain, width = 100 }: ChartOptions): string {
  const labels = runs.map((run) => ({ run, before: before(run, timeZone), after: after(run) }));
  const longest = (of: (label: (typeof labels)[number]) => string): number =>
    Math.max(0, ...labels.map((label) => of(label).length));
  const beforeWidth = longest((label) => label.before);
  const room = Math.max(10, width - beforeWidth - longest((label) => label.after) - 5);
  const scale = scaleOf(runs.map(({ planned }) => planned));
  const lines = labels.map(({ run, before: left, after: right }) => {
    const bar = barOf(run, scale, room, paint);
    const painted = run.status === 'failed' || run.status === 'rejected' ? paint.bad(right) : right;
    return `${left.padEnd(beforeWidth)} ${bar} ${painted}`;
  });
  const cut = runs.some(({ planned }) => planned > scale) ? [`${CUT} longer than is shown`] : [];
  const legend = [`${BLOCK} done`, `${FAILED} failed`, `${HELD} held`, `${REST} planned only`, ...cut].join('  ');
  return [...lines, paint.faint(`${legend}  (the full width is ${countWords(scale, 'change')})`)].join('\n');
}

/** What a bar of full length stands for: the most changes of a run, but for those ten times as large as the next smaller one. */
export function scaleOf(counts: readonly number[]): number {
  const sorted = [...counts].filter((count) => count > 0).sort((one, other) => one - other);
  let scale = sorted[0] ?? 1;
  for (const count of sorted) {
    if (count > 10 * scale && count > 100) return scale;
    scale = count;
  }
  return scale;
}

const [BLOCK, FAILED, HELD, REST, CUT] = ['█', '▓', '▒', '░', '»'] as const;

function before({ number, kind, startedAt }: ChartedRun, timeZone: string): string {
  return `${String(number).padStart(5)}  ${instantWords(startedAt, timeZone)}  ${runKindWords(kind).replace(' run', '').padEnd(4)}`;
}

function after({ planned, failed, held, status, milliseconds }: ChartedRun): string {
  const parts = [
    numberWords(planned),
    ...(failed > 0 ? [`${numberWords(failed)} failed`] : []),
    ...(held > 0 ? [`${numberWords(held)} held`] : []),
    ...(status === 'done' ? [] : [statusWords(status)]),
    ...(milliseconds === null ? [] : [durationWords(milliseconds)]),
  ];
  return parts.join(', ');
}

/** Every part that is there is seen, be it ever so small. */
function barOf({ planned, done, failed, held }: ChartedRun, scale: number, room: number, paint: Paint): string {
  const isCut = planned > scale;
  const length = isCut ? room - 1 : lettersFor(planned, scale, room);
  const whole = Math.max(1, planned);
  const parts: readonly (readonly [number, string, (text: string) => string])[] = [
    [done, BLOCK, paint.good],
    [failed, FAILED, paint.bad],
    [held, HELD, paint.attention],
    [planned - done - failed - held, REST, paint.faint],
  ];
  const lengths = shareOut(
    parts.map(([count]) => count / whole),
    length,
  );
  const bar = parts.map(([, letter, colour], index) => {
    const letters = letter.repeat(lengths[index] ?? 0);
    return letters === '' ? '' : colour(letters);
  });
  const used = lengths.reduce((sum, each) => sum + each, 0);
  return `${bar.join('')}${isCut ? CUT : ''}${' '.repeat(Math.max(0, room - used - (isCut ? 1 : 0)))}`;
}

function lettersFor(count: number, scale: number, room: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round((count / scale) * room));
}

/** Whole letters for shares of a length: at least one for what is there, taken from the largest. */
function shareOut(shares: readonly number[], length: number): readonly number[] {
  const letters = shares.map((share) => (share > 0 ? Math.max(1, Math.round(share * length)) : 0));
  const largest = letters.indexOf(Math.max(...letters));
  const over = letters.reduce((sum, each) => sum + each, 0) - length;
  return letters.map((each, index) => (index === largest ? Math.max(length > 0 ? 1 : 0, each - over) : each));
}
