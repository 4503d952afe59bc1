import { readCustomer } from '../../store/customers.js';
import { withdrawBundle } from '../../store/letters/bundles.js';
import { findRun } from '../../store/runs.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed, WrongUsage } from '../errors.js';
import { NoRun } from '../sync/finished-run.js';
import { userName } from '../user-name.js';
import type { LettersOptions } from './commands.js';
import { listLetters } from './list.js';
import { makeLettersFor } from './make.js';

/** `letters`: who waits for one; with `--to` they are made, with `--withdraw` taken back. */
export async function letters(context: Context, slug: string, options: LettersOptions): Promise<void> {
  const { to, link, again, withdraw } = options;
  if (to === undefined && (link === true || again === true)) throw new WrongUsage('--link and --again belong to --to.');
  if (to !== undefined && withdraw !== undefined) throw new WrongUsage('Either --to or --withdraw, not both.');
  const database = await context.database();
  const customer = await readCustomer(database, slug);
  if (withdraw !== undefined) return withdrawLetters(context, slug, withdraw, options.by);
  const filter = {
    ...(options.run === undefined ? {} : { runId: await runIdOf(context, slug, options.run) }),
    ...(options.location === undefined ? {} : { location: options.location }),
  };
  return to === undefined
    ? listLetters(context, database, customer, filter)
    : makeLettersFor(context, database, customer, { ...options, to, filter });
}

async function runIdOf(context: Context, slug: string, number: number): Promise<number> {
  const run = await findRun(await context.database(), slug, number);
  if (run === null) throw new NoRun(slug, number);
  return run.id;
}

async function withdrawLetters(context: Context, slug: string, number: number, by?: string): Promise<void> {
  const who = by ?? userName(context.env);
  const isDone = await withdrawBundle(await context.database(), toCustomerId(slug), number, who);
  if (!isDone) {
    throw new CommandFailed(
      `${slug} has no letters ${number} that could be withdrawn: they were opened, their link has ended, or there are none of this number. ` +
        `Nothing was changed. "usersync letters ${slug}" shows them.`,
    );
  }
  context.output.answer({ customer: slug, withdrawn: number }, () =>
    [`The link of letters ${number} does not work any more. Their people wait for a letter again.`].join('\n'),
  );
}
