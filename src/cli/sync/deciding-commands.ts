import { InvalidArgumentError, Option, type Command } from 'commander';
import { HELD_WITH, type HeldWith } from '../../sync/guarded-kind.js';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { toNumber } from '../whole-number.js';

export interface DecideOptions {
  readonly by: string;
  readonly comment: string;
  readonly kind?: HeldWith;
  readonly run?: number;
  readonly xid?: readonly string[];
}

export function decideCommand(sync: Command, verb: 'approve' | 'refuse', description: string): void {
  const command = sync
    .command(verb)
    .description(description)
    .argument('<slug>', 'the customer')
    .requiredOption('--by <id>', 'your staff id')
    .addOption(
      new Option('--kind <kind>', 'only what is held with this kind (default: everything that is held)').choices(
        HELD_WITH,
      ),
    )
    .option('--xid <id...>', 'only these people; their ids stay in Postgres')
    .option('--run <n>', 'only when this run is the one that waits', toNumber)
    .requiredOption('--comment <text>', 'why')
    .action((slug: string, options: DecideOptions, self: Command) =>
      run(self, async (context) => (await import('./decide.js')).decideSync(context, slug, verb, options)),
    );
  const comment = verb === 'approve' ? 'store 12 closes' : 'the delivery lacks a region';
  withExamples(command, `sync ${verb} korenaar --by p.jansen --kind suspend --comment "${comment}"`);
}

export interface AcceptOptions {
  readonly by: string;
  readonly comment: string;
}

export function acceptCommand(sync: Command): void {
  const command = sync
    .command('accept')
    .description('take the delivery that a guard refused, after all: the next run reads it')
    .argument('<slug>', 'the customer')
    .requiredOption('--by <id>', 'your staff id')
    .requiredOption('--comment <text>', 'why it is right')
    .action((slug: string, options: AcceptOptions, self: Command) =>
      run(self, async (context) => (await import('./accept.js')).acceptDelivery(context, slug, options)),
    );
  withExamples(command, 'sync accept korenaar --by p.jansen --comment "HR took the seasonal workers out"');
}

export interface FreezeOptions {
  /** `2026-12-09` */
  readonly until: string;
  readonly by: string;
  readonly reason: string;
}

export function freezeCommand(sync: Command): void {
  const command = sync
    .command('freeze')
    .description('for a time, runs make their plan and apply nothing; everybody stays due')
    .argument('<slug>', 'the customer')
    .requiredOption('--until <date>', 'the day on which it ends, 2026-12-09: runs of that day apply again', toDay)
    .requiredOption('--by <id>', 'your staff id')
    .requiredOption('--reason <text>', 'why')
    .action((slug: string, options: FreezeOptions, self: Command) =>
      run(self, async (context) => (await import('./freeze.js')).freezeSync(context, slug, options)),
    );
  withExamples(command, 'sync freeze korenaar --until 2026-12-09 --by p.jansen --reason "HR moves to a new system"');
}

export function unfreezeCommand(sync: Command): void {
  const command = sync
    .command('unfreeze')
    .description('end a freeze before its time')
    .argument('<slug>', 'the customer')
    .requiredOption('--by <id>', 'your staff id')
    .action((slug: string, { by }: { readonly by: string }, self: Command) =>
      run(self, async (context) => (await import('./freeze.js')).unfreezeSync(context, slug, by)),
    );
  withExamples(command, 'sync unfreeze korenaar --by p.jansen');
}

export interface RetryOptions {
  readonly by: string;
  readonly xid?: readonly string[];
}

export function retryCommand(sync: Command): void {
  const command = sync
    .command('retry')
    .description('have the next run try again what was given up')
    .argument('<slug>', 'the customer')
    .requiredOption('--by <id>', 'your staff id')
    .option('--xid <id...>', 'only for these people (default: everything that is given up)')
    .action((slug: string, options: RetryOptions, self: Command) =>
      run(self, async (context) => (await import('./retry.js')).retrySync(context, slug, options)),
    );
  withExamples(command, 'sync retry korenaar --by p.jansen', 'sync retry korenaar --by p.jansen --xid 0004711');
}

function toDay(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (day === null || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    throw new InvalidArgumentError('A day such as 2026-12-09 is needed.');
  return text;
}
