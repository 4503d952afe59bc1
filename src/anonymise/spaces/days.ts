import { compileExpression } from '../../sync/expression/compile.js';
import type { Fields } from '../../sync/record.js';
import { dayIn, USUAL_FORMATS, type DayInText } from '../kinds/dates.js';
import { scrambled } from '../kinds/scramble.js';
import type { Question } from '../keyed/classes.js';
import { Kept } from '../keyed/kept.js';
import type { Keyed } from '../keyed/keyed.js';
import type { ColumnPlan, DisguisePlan } from '../plan/plan.js';
import { questionOf } from './questions.js';
import { valueChecksOf, type ValueCheck } from './value-checks.js';

/** By how many days a person's days are moved at most, first; where rules leave less room, by less. */
const REACHES = [90, 30, 10, 3, 1];
const TRIES = 6;

/** Of one column: more than there are days in a working life. */
const DAYS_KEPT = 20_000;

interface DayColumn {
  readonly plan: ColumnPlan;
  readonly dayIn: (text: string) => DayInText | null;
  readonly questions: readonly Question[];
  readonly checks: readonly ValueCheck[];
}

/** Moves the days of a row together, so that their order and every answer of the rules about them stay. */
export class Days {
  private readonly columns: readonly DayColumn[];
  private readonly between: readonly ((fields: Fields) => boolean)[];
  private readonly today: number | null;

  /** @param today `2026-11-30`; null when the engine is not told a day either. */
  constructor(
    plan: DisguisePlan,
    private readonly keyed: Keyed,
    today: string | null,
  ) {
    this.today = today === null ? null : Math.round(Date.parse(today) / 86_400_000);
    this.columns = [...plan.columns.values()]
      .filter(({ kind }) => kind === 'date')
      .map((column) => ({
        plan: column,
        dayIn: readerOf(column.formats.length > 0 ? column.formats : USUAL_FORMATS),
        questions: column.space.atoms.map((atom) => questionOf(atom, plan.scope, null)),
        checks: valueChecksOf(column.space.values, plan.scope),
      }));
    this.between = plan.betweenDates.map(({ source }) => compileExpression(source, plan.scope).evaluate);
  }

  /** The cells of all columns of days, disguised. */
  disguise(fields: Fields, person: string): Readonly<Record<string, string>> {
    const cells = this.columns.flatMap((column) => cellOf(column, fields));
    const days = cells.filter((cell): cell is DayCell => cell.day !== null);
    const odd = cells.filter(({ day }) => day === null);
    const texts = Object.fromEntries(odd.map((cell) => [cell.column.plan.column, this.oddText(cell, person, fields)]));
    return { ...texts, ...this.moved(days, person, fields) };
  }

  private moved(cells: readonly DayCell[], person: string, fields: Fields): Readonly<Record<string, string>> {
    if (cells.length === 0) return {};
    for (const [round, reach] of REACHES.entries()) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const draw = this.keyed.draw('days', person, String(round), String(attempt));
        const shift = (draw.below(reach) + 1) * (draw.below(2) === 0 ? 1 : -1);
        const texts = Object.fromEntries(cells.map((cell) => [cell.column.plan.column, shifted(cell, shift)]));
        if (this.isKept(cells, texts, fields)) return texts;
      }
    }
    return this.movedOneByOne(cells, fields);
  }

  /** Where the rules leave no room for all together, each is moved as far as they let it; a day that stands alone in its class stays. */
  private movedOneByOne(cells: readonly DayCell[], fields: Fields): Readonly<Record<string, string>> {
    const texts: Record<string, string> = Object.fromEntries(cells.map((cell) => [cell.column.plan.column, cell.text]));
    for (const cell of cells) {
      const name = cell.column.plan.column;
      for (const shift of [-2, 2, -1, 1, -5, 5]) {
        const moved = { ...texts, [name]: shifted(cell, shift) };
        if (!this.isKept(cells, moved, fields) || !isInOrder(cells, moved)) continue;
        texts[name] = moved[name] ?? cell.text;
        break;
      }
    }
    return texts;
  }

  private isKept(cells: readonly Cell[], texts: Readonly<Record<string, string>>, fields: Fields): boolean {
    const after = { ...fields, ...texts };
    return (
      cells.every((cell) => this.isCellKept(cell, after, fields)) &&
      this.between.every((test) => test(fields) === test(after))
    );
  }

  private isCellKept({ column, text }: Cell, after: Fields, fields: Fields): boolean {
    const { plan, questions, checks } = column;
    const moved = (after[plan.column] ?? '').trim();
    if (questions.some((question) => question.before(text) !== question.after(moved))) return false;
    if (checks.some((check) => check.of(fields) !== check.of(after))) return false;
    return this.sideOf(plan, column.dayIn(text)) === this.sideOf(plan, column.dayIn(moved));
  }

  /** What the engine asks of a first and a last day: whether it is still to come, or over. */
  private sideOf({ side }: ColumnPlan, found: DayInText | null): string {
    if (found === null) return 'none';
    if (this.today === null || side === null) return 'day';
    const isOnFarSide = side === 'start' ? found.day > this.today : found.day < this.today;
    return isOnFarSide ? 'far' : 'near';
  }

  /** What is no day stays none. */
  private oddText(cell: Cell, person: string, fields: Fields): string {
    const { column, text } = cell;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const draw = this.keyed.draw('no day', person, text, String(attempt));
      const candidate = scrambled(text, column.plan.space.atoms, draw);
      if (column.dayIn(candidate) === null && this.isKept([cell], { [column.plan.column]: candidate }, fields))
        return candidate;
    }
    const noughts = text.replace(/\d/g, '0');
    return this.isKept([cell], { [column.plan.column]: noughts }, fields) ? noughts : text;
  }
}

interface Cell {
  readonly column: DayColumn;
  readonly text: string;
  readonly day: number | null;
}

interface DayCell extends Cell {
  readonly day: number;
  readonly found: DayInText;
}

/** People share their days, and reading one takes longer than looking it up. */
function readerOf(formats: readonly string[]): DayColumn['dayIn'] {
  const known = new Kept<string, DayInText | null>(DAYS_KEPT);
  return (text) => known.get(text, () => dayIn(text, formats));
}

function cellOf(column: DayColumn, fields: Fields): readonly (Cell | DayCell)[] {
  const text = (fields[column.plan.column] ?? '').trim();
  if (text === '') return [];
  const found = column.dayIn(text);
  return [found === null ? { column, text, day: null } : { column, text, day: found.day, found }];
}

function shifted({ found }: DayCell, days: number): string {
  return found.write(found.day + days);
}

function isInOrder(cells: readonly DayCell[], texts: Readonly<Record<string, string>>): boolean {
  const days = cells.map((cell) => cell.column.dayIn(texts[cell.column.plan.column] ?? '')?.day ?? 0);
  return cells.every((one, i) =>
    cells.every((other, j) => Math.sign(one.day - other.day) === Math.sign((days[i] ?? 0) - (days[j] ?? 0))),
  );
}
