import { InvalidArgumentError, Option, type Command } from 'commander';
import { HELD_WITH, type HeldWith } from '../../sync/guarded-kind.js';
import type { GroupRef } from '../../sync/group.js';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { readGroupName } from './group-name.js';
import type { HeldOptions } from './held.js';

export function registerSync(program: Command): void {
  const sync = withExamples(
    program.command('sync').description('runs: what would be changed, what was changed, what waits'),
    'sync plan korenaar',
    'sync run korenaar',
    'sync report korenaar',
  );
  planCommand(sync);
  runCommand(sync);
  reportCommand(sync);
  listCommand(sync);
  chartCommand(sync);
  heldCommand(sync);
  explainCommand(sync);
  undoCommand(sync);
  reconcileCommand(sync);
  freezeCommand(sync);
  unfreezeCommand(sync);
  decideCommand(sync, 'approve', 'apply what a guard held in the run that waits');
  decideCommand(sync, 'refuse', 'do not apply what a guard held in the run that waits');
  acceptCommand(sync);
}

export interface PlanOptions {
  readonly changes?: boolean;
  readonly csv?: string;
  readonly mapping?: number;
  readonly payload?: string;
  readonly by?: string;
}

function planCommand(sync: Command): void {
  const command = sync
    .command('plan')
    .description('dry run: fetch, read and plan, change nothing, and show what a live run would do')
    .argument('<slug>', 'the customer')
    .option('--changes', 'all changes with their reasons, not only the first 20')
    .option('--mapping <n>', 'of this version of the mapping, for everybody, instead of the active one', toNumber)
    .option('--payload <xid>', 'also what would be sent to the network for this person, word for word')
    .option('--csv <file>', 'write the warnings to this file, for whoever mends the record')
    .option('--by <id>', 'your staff id (default: USERSYNC_USER, else your name on this machine)')
    .action((slug: string, options: PlanOptions, self: Command) =>
      run(self, async (context) => (await import('./plan.js')).planSync(context, slug, options)),
    );
  withExamples(
    command,
    'sync plan korenaar',
    'sync plan korenaar --changes --csv warnings.csv',
    'sync plan korenaar --mapping 3',
    'sync plan korenaar --payload 0004711',
  );
}

export interface RunOptions {
  readonly last?: boolean;
  readonly wait: boolean;
  readonly by?: string;
  readonly onlyGroup?: GroupRef;
  readonly xid?: readonly string[];
}

function runCommand(sync: Command): void {
  const command = sync
    .command('run')
    .description('live run: make the network equal to the record; guards may hold a part of it')
    .argument('<slug>', 'the customer')
    .option('--last', 'without a new delivery, plan the last accepted one again')
    .option('--no-wait', 'start it and do not wait for its end')
    .addOption(
      new Option('--only-group <group>', 'a pilot: only people who are in this group, or are to be')
        .argParser(toGroup)
        .conflicts('xid'),
    )
    .option('--xid <id...>', 'a pilot: only these people; their ids stay in Postgres')
    .option('--by <id>', 'your staff id (default: USERSYNC_USER, else your name on this machine)')
    .action((slug: string, options: RunOptions, self: Command) =>
      run(self, async (context) => (await import('./live.js')).runSync(context, slug, options)),
    );
  withExamples(
    command,
    'sync run korenaar',
    'sync run korenaar --last --no-wait',
    'sync run korenaar --last --only-group "business unit:North"',
    'sync run korenaar --last --xid 0004711 0004712',
  );
}

export interface ExplainOptions {
  readonly xid: string;
  readonly mapping?: number;
  readonly network?: boolean;
}

function explainCommand(sync: Command): void {
  const command = sync
    .command('explain')
    .description(
      'one person, step by step: record, every rule with its result, link, changes, guards; nothing is changed',
    )
    .argument('<slug>', 'the customer')
    .requiredOption('--xid <xid>', 'whom, exactly as in the record')
    .option('--mapping <n>', 'by this version of the mapping instead of the active one', toNumber)
    .option('--network', 'read the person in the network as well, and say what differs')
    .action((slug: string, options: ExplainOptions, self: Command) =>
      run(self, async (context) => (await import('./explain.js')).explainSync(context, slug, options)),
    );
  withExamples(command, 'sync explain korenaar --xid 0004711', 'sync explain korenaar --xid 0004711 --network --json');
}

export interface UndoOptions {
  readonly dry?: boolean;
  readonly by: string;
}

function undoCommand(sync: Command): void {
  const command = sync
    .command('undo')
    .description('take back what a run changed and nobody changed since, under the same guards')
    .argument('<slug>', 'the customer')
    .argument('<run>', 'number of the run', toNumber)
    .requiredOption('--by <id>', 'your staff id')
    .option('--dry', 'show what would be taken back and what stays, and change nothing')
    .action((slug: string, number: number, options: UndoOptions, self: Command) =>
      run(self, async (context) => (await import('./undo.js')).undoSync(context, slug, number, options)),
    );
  withExamples(command, 'sync undo korenaar 12 --by p.jansen --dry', 'sync undo korenaar 12 --by p.jansen');
}

export interface ReconcileOptions {
  readonly repair?: boolean;
  readonly by: string;
}

function reconcileCommand(sync: Command): void {
  const command = sync
    .command('reconcile')
    .description('compare the whole network with what the sync wrote, and tell or mend what differs')
    .argument('<slug>', 'the customer')
    .requiredOption('--by <id>', 'your staff id')
    .option('--repair', 'mend what differs, under the same guards (default: only tell it)')
    .action((slug: string, options: ReconcileOptions, self: Command) =>
      run(self, async (context) => (await import('./reconcile.js')).reconcileSync(context, slug, options)),
    );
  withExamples(command, 'sync reconcile korenaar --by p.jansen', 'sync reconcile korenaar --by p.jansen --repair');
}

export interface FreezeOptions {
  /** `2026-12-09` */
  readonly until: string;
  readonly by: string;
  readonly reason: string;
}

function freezeCommand(sync: Command): void {
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

function unfreezeCommand(sync: Command): void {
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

export const FORMATS = ['text', 'markdown', 'html', 'csv', 'json'] as const;

export interface ReportOptions {
  readonly run?: number;
  readonly format?: (typeof FORMATS)[number];
  readonly out?: string;
  readonly warnings?: boolean;
}

function reportCommand(sync: Command): void {
  const command = sync
    .command('report')
    .description('one run, person by person: what was changed and why, what failed, what to mend in the record')
    .argument('<slug>', 'the customer')
    .option('--run <n>', 'number of the run (default: the newest)', toNumber)
    .addOption(
      new Option('--format <format>', 'how it is written (default: text, or json with --json)').choices(FORMATS),
    )
    .option('--out <file>', 'write it to this file')
    .option('--warnings', 'with --format csv: the warnings instead of the changes')
    .action((slug: string, options: ReportOptions, self: Command) =>
      run(self, async (context) => (await import('./report.js')).reportSync(context, slug, options)),
    );
  withExamples(command, 'sync report korenaar', 'sync report korenaar --run 3 --format html --out report.html');
}

function listCommand(sync: Command): void {
  const command = sync
    .command('list')
    .description('runs, newest first')
    .argument('[slug]', 'of this customer only')
    .option('--limit <n>', 'so many', toNumber, 20)
    .action((slug: string | undefined, { limit }: { readonly limit: number }, self: Command) =>
      run(self, async (context) => (await import('./list.js')).listSyncs(context, slug ?? null, limit)),
    );
  withExamples(command, 'sync list', 'sync list korenaar --limit 5');
}

function chartCommand(sync: Command): void {
  const command = sync
    .command('chart')
    .description('the last runs of a customer as a bar chart, the newest at the bottom')
    .argument('<slug>', 'the customer')
    .option('--limit <n>', 'so many', toNumber, 30)
    .action((slug: string, { limit }: { readonly limit: number }, self: Command) =>
      run(self, async (context) => (await import('./chart.js')).chartSyncs(context, slug, limit)),
    );
  withExamples(command, 'sync chart korenaar', 'sync chart korenaar --limit 90');
}

function heldCommand(sync: Command): void {
  const command = sync
    .command('held')
    .description('who is held in a run, by which guard, and why')
    .argument('<slug>', 'the customer')
    .option('--run <n>', 'number of the run (default: the newest)', toNumber)
    .option('--limit <n>', 'so many changes', toNumber, 100)
    .action((slug: string, options: HeldOptions, self: Command) =>
      run(self, async (context) => (await import('./held.js')).showHeld(context, slug, options)),
    );
  withExamples(command, 'sync held korenaar', 'sync held korenaar --run 12 --limit 1000 --json');
}

export interface DecideOptions {
  readonly by: string;
  readonly comment: string;
  readonly kind?: HeldWith;
  readonly run?: number;
  readonly xid?: readonly string[];
}

function decideCommand(sync: Command, verb: 'approve' | 'refuse', description: string): void {
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

function acceptCommand(sync: Command): void {
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

function toDay(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (day === null || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    throw new InvalidArgumentError('A day such as 2026-12-09 is needed.');
  return text;
}

function toGroup(text: string): GroupRef {
  const group = readGroupName(text);
  if (group !== null) return group;
  throw new InvalidArgumentError(
    'A group is "business unit:North", "department:Bakery", "local department:North/Bakery" or "topic:Choir".',
  );
}

function toNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('A number from 1 is needed.');
  return number;
}
