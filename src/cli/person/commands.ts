import { Option, type Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';

export interface ExportOptions {
  readonly out?: string;
  readonly format?: 'text' | 'json';
  readonly by?: string;
}

export interface ForgetOptions {
  readonly yes?: boolean;
  readonly evenSo?: boolean;
  readonly by?: string;
}

export function registerPerson(program: Command): void {
  const person = withExamples(
    program.command('person').description("a person's rights over their data: to see all of it, and to be forgotten"),
    'person export korenaar 0004711 --out 0004711.json --format json',
    'person forget korenaar 0004711',
  );
  exportCommand(person);
  forgetCommand(person);
}

function exportCommand(person: Command): void {
  const command = person
    .command('export')
    .description('everything that is kept about one person, for them to read')
    .argument('<slug>', 'the customer')
    .argument('<xid>', 'the XID; text, so 0004711 is not 4711')
    .option('--out <file>', 'write it to this file, which only you can read')
    .addOption(
      new Option('--format <format>', 'how it is written (default: text, or json with --json)').choices([
        'text',
        'json',
      ]),
    )
    .option('--by <id>', 'your staff id (default: USERSYNC_USER, else your name on this machine)')
    .action((slug: string, xid: string, options: ExportOptions, self: Command) =>
      run(self, async (context) => (await import('./export.js')).exportPerson(context, slug, xid, options)),
    );
  withExamples(
    command,
    'person export korenaar 0004711',
    'person export korenaar 0004711 --format json --out person.json',
  );
}

function forgetCommand(person: Command): void {
  const command = person
    .command('forget')
    .description('erase one person; what has to stay stays without saying whose it was')
    .argument('<slug>', 'the customer')
    .argument('<xid>', 'the XID; text, so 0004711 is not 4711')
    .option('--yes', 'without being asked')
    .option('--even-so', 'also while the person is in the newest record or under the sync')
    .option('--by <id>', 'your staff id (default: USERSYNC_USER, else your name on this machine)')
    .action((slug: string, xid: string, options: ForgetOptions, self: Command) =>
      run(self, async (context) => (await import('./forget.js')).forget(context, slug, xid, options)),
    );
  withExamples(command, 'person forget korenaar 0004711', 'person forget korenaar 0004711 --yes --by p.jansen');
}
