import { Option, type Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { toNumber } from '../whole-number.js';
import type { HeldOptions } from './held.js';

export const FORMATS = ['text', 'markdown', 'html', 'csv', 'json'] as const;

export interface ReportOptions {
  readonly run?: number;
  readonly format?: (typeof FORMATS)[number];
  readonly out?: string;
  readonly warnings?: boolean;
}

export function reportCommand(sync: Command): void {
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

export function listCommand(sync: Command): void {
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

export function chartCommand(sync: Command): void {
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

export function heldCommand(sync: Command): void {
  const command = sync
    .command('held')
    .description('who is held in a run, by which guard, and why; and what is given up')
    .argument('<slug>', 'the customer')
    .option('--run <n>', 'number of the run (default: the newest)', toNumber)
    .option('--limit <n>', 'so many changes', toNumber, 100)
    .action((slug: string, options: HeldOptions, self: Command) =>
      run(self, async (context) => (await import('./held.js')).showHeld(context, slug, options)),
    );
  withExamples(command, 'sync held korenaar', 'sync held korenaar --run 12 --limit 1000 --json');
}

export interface ExplainOptions {
  readonly xid: string;
  readonly mapping?: number;
  readonly network?: boolean;
}

export function explainCommand(sync: Command): void {
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
