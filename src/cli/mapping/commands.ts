import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { wholeNumber } from '../whole-number.js';

const toVersion = wholeNumber('A version is a number from 1.');

export function registerMapping(program: Command): void {
  const mapping = withExamples(
    program.command('mapping').description('mappings: from columns of the record to people, groups and roles'),
    'mapping check mapping.yaml --record record.csv',
    'mapping import korenaar mapping.yaml --by p.jansen',
  );
  checkCommand(mapping);
  importCommand(mapping);
  activateCommand(mapping);
  historyCommand(mapping);
  showCommand(mapping);
  compareCommand(mapping);
}

export interface CheckOptions {
  readonly customer?: string;
  readonly record?: string;
}

function checkCommand(mapping: Command): void {
  const command = mapping
    .command('check')
    .description(
      'find mistakes in a mapping, without a stack; with --record and --customer also what does not fit them',
    )
    .argument('<file>', 'the mapping document (docs/mapping.md)')
    .option('--record <file>', 'an employee record whose header must have every column')
    .option('--customer <slug>', 'a customer whose groups and roles must be there, as last read')
    .action((file: string, options: CheckOptions, self: Command) =>
      run(self, async (context) => (await import('./check.js')).checkMappingFile(context, file, options)),
    );
  withExamples(
    command,
    'mapping check mapping.yaml',
    'mapping check mapping.yaml --record record.csv --customer korenaar',
  );
}

export interface ImportOptions {
  readonly by: string;
  readonly comment: string;
}

function importCommand(mapping: Command): void {
  const command = mapping
    .command('import')
    .description('keep a mapping as the next version, as a draft')
    .argument('<slug>', 'the customer')
    .argument('<file>', 'the mapping document')
    .requiredOption('--by <id>', 'your staff id')
    .option('--comment <text>', 'why, for the history', '')
    .action((slug: string, file: string, options: ImportOptions, self: Command) =>
      run(self, async (context) => (await import('./import.js')).importMapping(context, slug, file, options)),
    );
  withExamples(command, 'mapping import korenaar mapping.yaml --by p.jansen --comment "bakery is its own department"');
}

function activateCommand(mapping: Command): void {
  const command = mapping
    .command('activate')
    .description('make a version the one that runs use, after a dry run of exactly it')
    .argument('<slug>', 'the customer')
    .argument('<version>', 'the version', toVersion)
    .option('--by <id>', 'your staff id (default: USERSYNC_USER, else your name on this machine)')
    .action((slug: string, version: number, { by }: { readonly by?: string }, self: Command) =>
      run(self, async (context) => (await import('./activate.js')).makeActive(context, slug, version, by ?? null)),
    );
  withExamples(command, 'sync plan korenaar --mapping 3', 'mapping activate korenaar 3 --by p.jansen');
}

function historyCommand(mapping: Command): void {
  const command = mapping
    .command('history')
    .description('every version of a mapping: who kept it, when and why, who made it active and when')
    .argument('<slug>', 'the customer')
    .action((slug: string, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./history.js')).showHistory(context, slug)),
    );
  withExamples(command, 'mapping history korenaar');
}

function showCommand(mapping: Command): void {
  const command = mapping
    .command('show')
    .description('the versions of a mapping and the document of one of them')
    .argument('<slug>', 'the customer')
    .option('--version <n>', 'this version instead of the active one', toVersion)
    .action((slug: string, { version }: { readonly version?: number }, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showMapping(context, slug, version ?? null)),
    );
  withExamples(command, 'mapping show korenaar', 'mapping show korenaar --version 2');
}

function compareCommand(mapping: Command): void {
  const command = mapping
    .command('compare')
    .description('what one version of a mapping means otherwise than another')
    .argument('<slug>', 'the customer')
    .argument('<from>', 'a version', toVersion)
    .argument('<to>', 'another version', toVersion)
    .action((slug: string, from: number, to: number, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./compare.js')).compareMappings(context, slug, from, to)),
    );
  withExamples(command, 'mapping compare korenaar 1 2');
}
