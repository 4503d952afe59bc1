import { changeWords, personWords } from '../../report/change-words.js';
import { GIVEN_UP_HEAD, givenUpRows, givenUpTitle } from '../../report/given-up-table.js';
import type { RunReport } from '../../report/run-report.js';
import { renderTable } from '../../report/table.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { readGivenUp } from '../../store/given-up.js';
import { readHolds, type Hold } from '../../store/holds.js';
import type { Run } from '../../store/prisma/client.js';
import { readChangeRows } from '../../store/report-rows.js';
import { findRun } from '../../store/runs.js';
import { toCustomerId } from '../../sync/ids.js';
import { CommandFailed } from '../errors.js';
import type { Context } from '../context.js';

/** The customer has no such run. */
export class NoSuchRun extends CommandFailed {}

export interface HeldOptions {
  readonly run?: number;
  readonly limit: number;
}

/** `sync held`: who is held in a run, by what, and why the change was planned; and what no run tries any more. */
export async function showHeld(context: Context, slug: string, { run: number, limit }: HeldOptions): Promise<void> {
  const database = await context.database();
  const customer = await readCustomer(database, slug);
  const run = await heldRun(database, slug, number ?? null);
  const holds = await readHolds(database.pool, run.id);
  const rows = await readChangeRows(database, toCustomerId(customer.id), run.id, { limit, status: 'held' });
  const changes = rows.map(({ xid, change }) => ({ xid, what: changeWords(change), why: change.reason.text }));
  const all = holds.reduce((sum, hold) => sum + hold.changes, 0);
  const given = await readGivenUp(database, toCustomerId(customer.id), run.id, limit);
  const givenUp = given.rows.map(({ profile, ...row }) => ({ ...row, person: personWords(profile) }));
  const facts = { customer: slug, run: run.number, holds, changes, givenUp, totalGivenUp: given.total };
  context.output.answer(facts, () =>
    [heldText(context, facts, all), ...(givenUp.length === 0 ? [] : [givenUpText(context, customer, facts)])].join(
      '\n\n',
    ),
  );
}

interface Facts {
  readonly customer: string;
  readonly run: number;
  readonly holds: readonly Hold[];
  readonly changes: readonly { readonly xid: string | null; readonly what: string; readonly why: string }[];
  readonly givenUp: RunReport['givenUp'];
  readonly totalGivenUp: number;
}

function heldText(context: Context, { customer: slug, run, holds, changes }: Facts, all: number): string {
  if (all === 0) return `Nothing is held in run ${run} of ${slug}.`;
  const head = { head: ['person', 'change', 'why'] };
  const table = renderTable(
    head,
    changes.map(({ xid, what, why }) => [xid ?? '', what, why]),
    context.output.paint,
  );
  const guards = holds.map((hold) => `${hold.with.replaceAll('_', ' ')}, ${hold.people} people: ${hold.guard ?? ''}`);
  const more = all > changes.length ? [`${all - changes.length} more; --limit shows them.`] : [];
  return [...guards, '', table, ...more].join('\n');
}

/** No run tries it any more, so it is in no plan either; whoever looks for what waits for a person looks here. */
function givenUpText({ output }: Context, { timeZone }: Pick<RunReport['customer'], 'timeZone'>, facts: Facts): string {
  const { givenUp, totalGivenUp, customer } = facts;
  const shape = { head: GIVEN_UP_HEAD, right: [2] };
  return [
    givenUpTitle({ givenUp, totalGivenUp }),
    renderTable(shape, givenUpRows({ givenUp, customer: { timeZone } }), output.paint),
    `It is tried again when the person's row or the mapping changes, or with "usersync sync retry ${customer} --by YOUR-ID".`,
  ].join('\n');
}

/** `kind`: of which the newest is meant; left out: of any. @throws NoSuchRun */
export async function heldRun(database: Database, slug: string, number: number | null, kind?: 'live'): Promise<Run> {
  const run = await findRun(database, slug, number, kind);
  if (run !== null) return run;
  throw new NoSuchRun(`${slug} has no ${number === null ? 'run yet' : `run ${number}`}. Nothing was changed.`);
}
