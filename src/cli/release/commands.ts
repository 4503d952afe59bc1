import { Argument, InvalidArgumentError, type Command } from 'commander';
import { CHECKS } from '../../release/checklist.js';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { toNumber, wholeNumber } from '../whole-number.js';

export interface PlanOptions {
  readonly goLive: string;
  readonly wave?: readonly string[];
  readonly tolerance: number;
  readonly floor: number;
  readonly from: string;
  readonly until: string;
  readonly perHour: number;
  readonly pauseMinutes?: number;
  readonly approveBetween?: boolean;
  readonly watchRuns: number;
  readonly watchLimits: number;
}

export interface SayOptions {
  readonly by: string;
  readonly plan?: number;
  readonly code?: string;
  readonly item?: string;
  readonly comment?: string;
}

const toPercent = wholeNumber('A number from 1 to 100 is needed.', 100);

export function registerRelease(program: Command): void {
  const release = withExamples(
    program.command('release').description("the activation of a customer's network, in waves"),
    'release plan korenaar --go-live "2026-12-01 10:00" --wave "pilot=people:pilot.txt" --wave "south=unit:Utrecht"',
    'release start korenaar',
    'release show korenaar',
  );
  planCommand(release);
  startCommand(release);
  showCommand(release);
  checkCommand(release);
  sayCommand(release, 'approve', 'approve the plan that is shown: one contact of the customer and one of Speakap', {
    options: (command) =>
      command
        .requiredOption('--plan <run>', 'the dry run that was looked at', toNumber)
        .option('--code <code>', 'the code that was mailed to the contact'),
    example: 'release approve korenaar --by c-hr --plan 12 --code K7QM-2XTB',
  });
  sayCommand(release, 'pause', 'pause: the run that is under way is ended, and its rest planned again', {
    example: 'release pause korenaar --by pm-1 --comment "the phone rings"',
  });
  sayCommand(release, 'resume', 'go on, with a fresh plan', { example: 'release resume korenaar --by pm-1' });
  sayCommand(release, 'stop', 'end the release; finished waves stay as they are', {
    isExplained: true,
    example: 'release stop korenaar --by pm-1 --comment "the works council"',
  });
  sayCommand(release, 'accept', 'the customer accepts the finalised User Sync', {
    options: (command) => command.option('--code <code>', 'the code that was mailed to the contact'),
    example: 'release accept korenaar --by c-hr --code K7QM-2XTB',
  });
}

function planCommand(release: Command): void {
  const command = release
    .command('plan')
    .description('say who is activated when; nothing is begun. The last wave is for everybody else')
    .argument('<slug>', 'the customer')
    .option(
      '--go-live <moment>',
      'on the clocks of the customer, "2026-12-01 10:00", or "now": once it is approved',
      'now',
    )
    .option(
      '--wave <name=whom...>',
      'in their order: NAME=people:FILE (an id a line), NAME=unit:UNIT,UNIT or NAME=share:PERCENT',
    )
    .option('--tolerance <percent>', 'how far a fresh plan may be from the approved one', toPercent, 5)
    .option('--floor <changes>', 'so many changes more or less are never asked about', toNumber, 5)
    .option('--from <time>', 'no wave begins before', toTime, '08:00')
    .option('--until <time>', 'every wave is invited before', toTime, '19:00')
    .option('--per-hour <people>', 'people who are begun with in an hour', toNumber, 2_000)
    .option('--pause-minutes <minutes>', 'between two waves', toNumber)
    .option('--approve-between', 'both sides approve before each wave after the first')
    .option(
      '--watch-runs <runs>',
      'daily runs that are watched after the last wave',
      wholeNumber('A number from 0 is needed.', Infinity, 0),
      3,
    )
    .option('--watch-limits <percent>', 'of the usual limits, as long as runs are watched', toPercent, 50)
    .action((slug: string, options: PlanOptions, self: Command) =>
      run(self, async (context) => (await import('./plan.js')).planRelease(context, slug, options)),
    );
  withExamples(
    command,
    'release plan korenaar --wave "pilot=people:pilot.txt" --wave "south=unit:Utrecht,Zeist" --approve-between',
    'release plan korenaar --go-live "2026-12-01 10:00" --wave pilot=share:5 --wave half=share:45',
  );
}

function startCommand(release: Command): void {
  const command = release
    .command('start')
    .description('begin the release that was planned: its checklist, then its plan, which both sides approve')
    .argument('<slug>', 'the customer')
    .action((slug: string, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./start.js')).startReleaseOf(context, slug)),
    );
  withExamples(command, 'release start korenaar');
}

function showCommand(release: Command): void {
  const command = release
    .command('show')
    .description('checklist, plan, waves, watched runs, and what is waited for')
    .argument('<slug>', 'the customer')
    .action((slug: string, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showRelease(context, slug)),
    );
  withExamples(command, 'release show korenaar', 'release show korenaar --json');
}

function checkCommand(release: Command): void {
  const command = release
    .command('check')
    .description('complete an item of the checklist that the system does not see, by name')
    .argument('<slug>', 'the customer')
    .addArgument(new Argument('<item>', 'of the checklist').choices(CHECKS))
    .requiredOption('--by <contact>', 'id of the contact who says so')
    .requiredOption('--comment <text>', 'why')
    .action((slug: string, item: string, options: SayOptions, self: Command) =>
      run(self, async (context) =>
        (await import('./say.js')).sayToReleaseOf(context, slug, 'complete', { ...options, item }),
      ),
    );
  withExamples(command, 'release check korenaar limits --by pm-1 --comment "twelve people: no limit is needed"');
}

interface Saying {
  readonly example: string;
  readonly isExplained?: boolean;
  readonly options?: (command: Command) => Command;
}

function sayCommand(
  release: Command,
  verb: 'approve' | 'pause' | 'resume' | 'stop' | 'accept',
  description: string,
  { example, isExplained = false, options = (command) => command }: Saying,
): void {
  const command = release
    .command(verb)
    .description(description)
    .argument('<slug>', 'the customer')
    .requiredOption('--by <contact>', 'id of the person who says so');
  if (isExplained) command.requiredOption('--comment <text>', 'why');
  else command.option('--comment <text>', 'what to remember');
  options(command).action((slug: string, said: SayOptions, self: Command) =>
    run(self, async (context) => (await import('./say.js')).sayToReleaseOf(context, slug, verb, said)),
  );
  withExamples(command, example);
}

function toTime(text: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
  throw new InvalidArgumentError('A time of day such as 08:00 is needed.');
}
