import { Option, type Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { toNumber } from '../whole-number.js';

export const REPORT_FORMATS = ['text', 'markdown', 'html', 'json'] as const;

export interface StartOptions {
  readonly mapping?: number;
  readonly limitDays: number;
  readonly waitForDelivery?: number;
  readonly detach?: boolean;
}

export interface ReportOptions {
  readonly format?: (typeof REPORT_FORMATS)[number];
  readonly out?: string;
}

export interface DecideOptions {
  readonly by: string;
  readonly code?: string;
  readonly comment?: string;
  readonly accept?: readonly string[];
}

export function registerTest(program: Command): void {
  const test = withExamples(
    program.command('test').description('tests of a mapping on an anonymised copy of the network'),
    'test start korenaar',
    'test report korenaar 1 --format html --out report.html',
  );
  startCommand(test);
  listCommand(test);
  showCommand(test);
  reportCommand(test);
  decideCommand(test, 'approve', 'approve what the report shows: one contact of the customer and one of Speakap');
  decideCommand(test, 'reject', 'reject it: back to the mapping, and the next test has the next number');
  stopCommand(test);
  clearCommand(test);
}

function startCommand(test: Command): void {
  const command = test
    .command('start')
    .description('anonymise the record, copy the network, and try activation, daily sync and guards on it')
    .argument('<slug>', 'the customer')
    .option('--mapping <version>', 'the version to be tested (default: the newest that is not retired)', toNumber)
    .option('--limit-days <days>', 'days after which the test removes itself, whatever it waits for', toNumber, 7)
    .option('--wait-for-delivery <hours>', 'wait so long for the next delivery before a next day is made', toNumber)
    .option('--detach', 'do not wait for the report')
    .action((slug: string, options: StartOptions, self: Command) =>
      run(self, async (context) => (await import('./start.js')).startTestOf(context, slug, options)),
    );
  withExamples(command, 'test start korenaar', 'test start korenaar --mapping 4 --wait-for-delivery 24');
}

function listCommand(test: Command): void {
  const command = test
    .command('list')
    .description('the tests that there were, and whether everything of them is removed')
    .argument('[slug]', 'only of this customer')
    .action((slug: string | undefined, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./list.js')).listTestsOf(context, slug ?? null)),
    );
  withExamples(command, 'test list', 'test list korenaar --json');
}

function showCommand(test: Command): void {
  const command = test
    .command('show')
    .description('where a test stands, what its checks counted, and the proof that it is removed')
    .argument('<slug>', 'the customer')
    .argument('<number>', 'the test', toNumber)
    .action((slug: string, number: number, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showTest(context, slug, number)),
    );
  withExamples(command, 'test show korenaar 1');
}

function reportCommand(test: Command): void {
  const command = test
    .command('report')
    .description('what the customer judges the test by; it ends with the test')
    .argument('<slug>', 'the customer')
    .argument('<number>', 'the test', toNumber)
    .addOption(new Option('--format <format>', 'how').choices(REPORT_FORMATS))
    .option('--out <file>', 'into this file instead of the terminal')
    .action((slug: string, number: number, options: ReportOptions, self: Command) =>
      run(self, async (context) => (await import('./report.js')).reportTest(context, slug, number, options)),
    );
  withExamples(command, 'test report korenaar 1', 'test report korenaar 1 --format html --out report.html');
}

function decideCommand(test: Command, verb: 'approve' | 'reject', description: string): void {
  const command = test
    .command(verb)
    .description(description)
    .argument('<slug>', 'the customer')
    .argument('<number>', 'the test', toNumber)
    .requiredOption('--by <contact>', 'id of the contact who decides')
    .option('--comment <text>', verb === 'approve' ? 'what to remember' : 'why; needed');
  if (verb === 'approve') {
    command
      .option('--code <code>', 'the code that was mailed to the contact')
      .option(
        '--accept <combination>',
        'columns that together point to few people, as "test show" lists them, or "all"; can be given several times',
        (name: string, before: readonly string[] = []) => [...before, name],
      );
  }
  command.action((slug: string, number: number, options: DecideOptions, self: Command) =>
    run(self, async (context) => (await import('./decide.js')).decideAboutTest(context, slug, number, verb, options)),
  );
  withExamples(
    command,
    verb === 'approve'
      ? 'test approve korenaar 1 --by c-hr --code 123456 --accept Location+JobTitle'
      : 'test reject korenaar 1 --by c-hr --comment "planners are missing in Utrecht"',
  );
}

function stopCommand(test: Command): void {
  const command = test
    .command('stop')
    .description('end a test now; everything of it is removed')
    .argument('<slug>', 'the customer')
    .argument('<number>', 'the test', toNumber)
    .action((slug: string, number: number, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./stop.js')).stopTestOf(context, slug, number)),
    );
  withExamples(command, 'test stop korenaar 1');
}

function clearCommand(test: Command): void {
  const command = test
    .command('clear')
    .description('say that what a test could not remove is removed by hand; the rest is tried again and proven')
    .argument('<slug>', 'the customer')
    .argument('<number>', 'the test', toNumber)
    .requiredOption('--comment <text>', 'what was done')
    .action((slug: string, number: number, options: { readonly comment: string }, self: Command) =>
      run(self, async (context) => (await import('./clear.js')).clearTest(context, slug, number, options.comment)),
    );
  withExamples(command, 'test clear korenaar 1 --comment "the copy was removed in the development environment"');
}
