import { Option, type Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { toNumber } from '../whole-number.js';
import { withPilot, type PilotOptions } from './pilot-options.js';

export interface PlanOptions extends PilotOptions {
  readonly changes?: boolean;
  readonly csv?: string;
  readonly mapping?: number;
  readonly payload?: string;
  readonly by?: string;
}

export function planCommand(sync: Command): void {
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
    withPilot(command, ['mapping']),
    'sync plan korenaar',
    'sync plan korenaar --changes --csv warnings.csv',
    'sync plan korenaar --mapping 3',
    'sync plan korenaar --payload 0004711',
    'sync plan korenaar --only-group "business unit:North"',
  );
}

export interface RunOptions extends PilotOptions {
  readonly last?: boolean;
  readonly asPlanned?: number;
  readonly wait: boolean;
  readonly by?: string;
}

export function runCommand(sync: Command): void {
  const command = sync
    .command('run')
    .description('live run: make the network equal to the record; guards may hold a part of it')
    .argument('<slug>', 'the customer')
    .option('--last', 'without a new delivery, plan the last accepted one again')
    .addOption(
      new Option(
        '--as-planned <run>',
        'do exactly what this dry run planned, or say what differs by now and change nothing',
      )
        .argParser(toNumber)
        .conflicts(['last']),
    )
    .option('--no-wait', 'start it and do not wait for its end')
    .option('--by <id>', 'your staff id (default: USERSYNC_USER, else your name on this machine)')
    .action((slug: string, options: RunOptions, self: Command) =>
      run(self, async (context) => (await import('./live.js')).runSync(context, slug, options)),
    );
  withExamples(
    withPilot(command, ['asPlanned']),
    'sync run korenaar',
    'sync run korenaar --as-planned 12',
    'sync run korenaar --last --no-wait',
    'sync run korenaar --last --only-group "business unit:North"',
    'sync run korenaar --last --xid 0004711 0004712',
  );
}

export interface UndoOptions {
  readonly dry?: boolean;
  readonly by: string;
}

export function undoCommand(sync: Command): void {
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

export function reconcileCommand(sync: Command): void {
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
