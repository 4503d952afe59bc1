import { Option, type Command } from 'commander';
import { WEEKDAYS, type Weekday } from '../../temporal/weekdays.js';
import { withExamples } from '../examples.js';
import { run } from '../run.js';

export function registerSchedule(program: Command): void {
  const schedule = withExamples(
    program.command('schedule').description('the daily hour of a customer'),
    'schedule show korenaar',
    'schedule resume korenaar',
  );
  showCommand(schedule);
  switchCommand(schedule, 'pause', 'no daily run until it is resumed; a run by hand is still possible');
  switchCommand(schedule, 'resume', 'run daily from now on');
  reconcileCommand(schedule);
}

function showCommand(schedule: Command): void {
  const command = schedule
    .command('show')
    .description('when the sync runs next and ran last, and when the network is compared')
    .argument('<slug>', 'the customer')
    .action((slug: string, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showSchedule(context, slug)),
    );
  withExamples(command, 'schedule show korenaar');
}

function switchCommand(schedule: Command, verb: 'pause' | 'resume', description: string): void {
  const command = schedule
    .command(verb)
    .description(description)
    .argument('<slug>', 'the customer')
    .option('--note <text>', 'why, for whoever looks at the schedule')
    .action((slug: string, { note }: { readonly note?: string }, self: Command) =>
      run(self, async (context) => (await import('./switch.js')).switchSchedule(context, slug, verb, note ?? null)),
    );
  withExamples(
    command,
    verb === 'pause' ? 'schedule pause korenaar --note "HR moves to a new system"' : 'schedule resume korenaar',
  );
}

export interface WeeklyOptions {
  readonly on: Weekday;
  readonly at: string;
  readonly repair?: boolean;
  readonly off?: boolean;
}

function reconcileCommand(schedule: Command): void {
  const command = schedule
    .command('reconcile')
    .description('every week, compare the whole network with what the sync wrote')
    .argument('<slug>', 'the customer')
    .addOption(new Option('--on <weekday>', 'the day').choices(WEEKDAYS).default('sunday'))
    .option('--at <time>', "in the customer's time zone", '07:30')
    .option('--repair', 'mend what differs, under the same guards (default: only tell it)')
    .option('--off', 'no more')
    .action((slug: string, options: WeeklyOptions, self: Command) =>
      run(self, async (context) => (await import('./weekly.js')).scheduleWeekly(context, slug, options)),
    );
  withExamples(command, 'schedule reconcile korenaar', 'schedule reconcile korenaar --on saturday --at 08:00 --repair');
}
