import { figureOf, type Figure } from '../../change-requests/figures.js';
import type { Size } from '../../change-requests/classify.js';
import { firstPromise } from '../../change-requests/health.js';
import { isPaused } from '../../change-requests/promise.js';
import { toPlanTime } from '../../onboarding/schedule/clock.js';
import { renderTable } from '../../report/table.js';
import { countWords } from '../../report/words.js';
import { changeViewOf, listChanges } from '../../store/change-requests.js';
import { readCustomer } from '../../store/customers.js';
import type { ChangeRequest } from '../../store/prisma/client.js';
import type { Context } from '../context.js';
import type { ListOptions } from './commands.js';
import { leftWords } from './time-left.js';

/** `change list` */
export async function listAllChanges(
  context: Context,
  slug: string | null,
  { all, manager }: ListOptions,
): Promise<void> {
  const database = await context.database();
  if (slug !== null) await readCustomer(database, slug);
  const now = Date.now();
  const entries = (await listChanges(database, slug))
    .filter((row) => manager === undefined || row.manager === manager)
    .map((row) => toEntry(row, now));
  const shown = entries.filter(({ status }) => all === true || status === 'open').toSorted(byNeed);
  const figures = {
    all: figureOf(entries),
    small: figureOf(entries, 'small'),
    structural: figureOf(entries, 'structural'),
  };
  context.output.answer({ changes: shown, figures }, () => text(context, shown, figures));
}

function toEntry(row: ChangeRequest, realNow: number) {
  const view = changeViewOf(row);
  const {
    customerId: customer,
    number,
    status,
    step,
    health,
    waitingOn,
    openQuestions,
    manager,
    filedAt,
    endedAt,
    kept,
  } = row;
  const now = new Date(view === null ? realNow : toPlanTime(view.clock, realNow)).toISOString();
  const isOpen = status === 'open';
  const promise = isOpen && view !== null ? firstPromise({ ...view, events: [] }, now) : null;
  return {
    ...{ customer, number, manager, status, step, health, size: toSize(row.size), waitingOn, openQuestions },
    asked: view?.filed.asked ?? null,
    promise: promise?.words ?? null,
    due: promise?.dueAt ?? null,
    /** Below 0: so much too late. */
    millisecondsLeft: promise === null ? null : Date.parse(promise.dueAt) - Date.parse(now),
    standsStill: isOpen && view !== null && isPaused(view),
    conflicts: view?.proposal?.conflicts ?? [],
    ...{ kept, filedAt, endedAt },
  };
}

type Entry = ReturnType<typeof toEntry>;

function toSize(size: string | null): Size | null {
  return size === 'small' || size === 'structural' ? size : null;
}

/** What is open, by the time that is left; then what has ended, the newest first. */
function byNeed(one: Entry, other: Entry): number {
  const left = ({ status, millisecondsLeft }: Entry) => (status === 'open' ? (millisecondsLeft ?? 0) : Infinity);
  if (left(one) !== left(other)) return left(one) < left(other) ? -1 : 1;
  return (other.endedAt?.getTime() ?? 0) - (one.endedAt?.getTime() ?? 0);
}

function text({ output }: Context, entries: readonly Entry[], figures: Readonly<Record<'all' | Size, Figure>>): string {
  const { paint } = output;
  const sentence = figureSentence(figures);
  if (entries.length === 0) return `No change request is open. ${sentence}`;
  const head = ['customer', 'change', 'asked', 'size', 'promise', 'left', 'state', 'health', 'waits for', 'conflicts'];
  const rows = entries.map((entry) => [
    ...[entry.customer, String(entry.number), entry.asked ?? '-', entry.size ?? '-', entry.promise ?? keptWords(entry)],
    ...[leftWords(entry), entry.status === 'open' ? entry.step : entry.status, entry.health, entry.waitingOn ?? '-'],
    entry.conflicts.length === 0 ? '-' : entry.conflicts.join(', '),
  ]);
  const paints = new Map([
    ['late', paint.bad],
    ['blocked', paint.bad],
    ['at risk', paint.attention],
    ['paused', paint.faint],
  ]);
  const mark = (row: readonly string[]) => paints.get(row[7] ?? '') ?? null;
  return [renderTable({ head, right: [1], widths: { 8: 30 }, mark }, rows, paint), '', sentence].join('\n');
}

function keptWords({ kept }: Entry): string {
  return kept === null ? '-' : kept ? 'kept' : 'broken';
}

/** `12 of 13 changes kept their promise (92 %): 10 of 10 small, 2 of 3 structural.` */
function figureSentence({ all, small, structural }: Readonly<Record<'all' | Size, Figure>>): string {
  if (all.percent === null) return 'None has been done yet, so no promise was kept or broken.';
  const part = ({ kept, done }: Figure, word: string) => `${kept} of ${done} ${word}`;
  return (
    `${all.kept} of ${countWords(all.done, 'change')} kept the promise (${all.percent} %): ` +
    `${part(small, 'small')}, ${part(structural, 'structural')}.`
  );
}
