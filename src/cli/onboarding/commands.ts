import { Option, type Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { registerAgreements } from './agreement-commands.js';
import { registerCourse } from './course-commands.js';
import { registerItems } from './item-commands.js';
import { registerConcepts } from './mapping-commands.js';
import { toNumber } from '../whole-number.js';
import { toContactId } from './options.js';
import { registerQuestions } from './question-commands.js';

export function registerOnboarding(program: Command): void {
  const onboarding = withExamples(
    program.command('onboarding').description('connecting a customer: six weeks, their deliverables, their approvals'),
    'onboarding start customer.yaml',
    'onboarding status',
    'onboarding show korenaar',
  );
  startCommand(onboarding);
  statusCommand(onboarding);
  showCommand(onboarding);
  ganttCommand(onboarding);
  registerItems(onboarding);
  registerQuestions(onboarding);
  registerAgreements(onboarding);
  registerConcepts(onboarding);
  registerCourse(onboarding);
}

export interface StartOptions {
  readonly by?: string;
  readonly dry?: boolean;
}

function startCommand(onboarding: Command): void {
  const command = onboarding
    .command('start')
    .description('begin to connect a customer: one file describes customer, contacts and plan (docs/onboarding.md)')
    .argument('<file>', 'YAML file; secrets are only named in it')
    .option('--by <id>', 'your staff id (default: the manager in the file)', toContactId)
    .option('--dry', 'check the file and show the planned dates, without a stack; nothing is started')
    .action((file: string, options: StartOptions, self: Command) =>
      run(self, async (context) => (await import('./start.js')).startFromFile(context, file, options)),
    );
  withExamples(command, 'onboarding start customer.yaml --dry', 'onboarding start customer.yaml --by staff-17');
}

function statusCommand(onboarding: Command): void {
  const command = onboarding
    .command('status')
    .description('all customers, one line each: what needs the project manager first, then by date')
    .option('--all', 'finished and cancelled ones as well')
    .option('--manager <id>', 'of this project manager only', toContactId)
    .action((options: { readonly all?: boolean; readonly manager?: string }, self: Command) =>
      run(self, async (context) => (await import('./status.js')).showStatus(context, options)),
    );
  withExamples(command, 'onboarding status', 'onboarding status --manager staff-17 --json');
}

export interface ShowOptions {
  readonly events: number;
  readonly gantt?: boolean;
}

function showCommand(onboarding: Command): void {
  const command = onboarding
    .command('show')
    .description('the whole of one: weeks with owners and dates, questions, approvals, files, concepts, last events')
    .argument('<slug>', 'the customer')
    .option('--events <n>', 'so many of the last events', toNumber, 12)
    .option('--gantt', 'with the plan against today')
    .action((slug: string, options: ShowOptions, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showOnboarding(context, slug, options)),
    );
  withExamples(command, 'onboarding show korenaar', 'onboarding show korenaar --events 50 --gantt');
}

export interface GanttOptions {
  readonly format: 'text' | 'svg';
  readonly out?: string;
}

function ganttCommand(onboarding: Command): void {
  const command = onboarding
    .command('gantt')
    .description('a picture of the plan against today, for the terminal or as SVG')
    .argument('<slug>', 'the customer')
    .addOption(new Option('--format <format>', 'how it is drawn').choices(['text', 'svg']).default('text'))
    .option('--out <file>', 'write it to this file')
    .action((slug: string, options: GanttOptions, self: Command) =>
      run(self, async (context) => (await import('./gantt.js')).drawGantt(context, slug, options)),
    );
  withExamples(command, 'onboarding gantt korenaar', 'onboarding gantt korenaar --format svg --out korenaar.svg');
}
