import { Option, type Command } from 'commander';
import type { Asked } from '../../change-requests/messages.js';
import { withExamples } from '../examples.js';
import { toContactId, withEitherActor, type ActorOptions } from '../onboarding/options.js';
import { run } from '../run.js';
import { toNumber } from '../whole-number.js';
import { registerAgreeing } from './agreeing-commands.js';
import { registerDeciding } from './deciding-commands.js';

/** As `change-requests/messages.ts` has them; help must not load more than that. */
const ASKED: readonly Asked[] = [
  ...(['add-location', 'remove-location', 'add-department', 'remove-department'] as const),
  ...(['mapping', 'structure'] as const),
];

export function registerChange(program: Command): void {
  const change = withExamples(
    program
      .command('change')
      .description('what a customer wants after the release: 48 hours, or 14 days (docs/changes.md)'),
    'change request korenaar "A shop opens in the station." --kind add-location --by c-hr --recorded-by staff-17',
    'change list',
    'change show korenaar 3',
  );
  requestCommand(change);
  listCommand(change);
  showCommand(change);
  registerAgreeing(change);
  registerDeciding(change);
}

export interface RequestOptions extends ActorOptions {
  readonly kind: Asked;
  readonly place?: readonly string[];
  readonly key?: string;
}

function requestCommand(change: Command): void {
  const command = withEitherActor(
    change
      .command('request')
      .description('file a wish: it gets a number, a size with its reason, and a promise')
      .argument('<slug>', 'the customer')
      .argument('<text>', 'the wish, in the words of the customer'),
  )
    .addOption(new Option('--kind <kind>', 'what it is about').choices(ASKED).makeOptionMandatory())
    .option('--place <name...>', 'the location or department that it is about, so that conflicts are seen at once')
    .option('--key <key>', 'the same key files it once, however often it is sent')
    .action((slug: string, text: string, options: RequestOptions, self: Command) =>
      run(self, async (context) => (await import('./request.js')).requestChange(context, slug, text, options)),
    );
  withExamples(
    command,
    'change request korenaar "A shop opens in the station." --kind add-location --place Station --by c-hr --recorded-by staff-17',
    'change request korenaar "Regions take the place of shops." --kind structure --by staff-17 --key ticket-4711',
  );
}

export interface ListOptions {
  readonly all?: boolean;
  readonly manager?: string;
}

function listCommand(change: Command): void {
  const command = change
    .command('list')
    .description('change requests with promise, time left and state, and how many kept their promise')
    .argument('[slug]', 'of this customer only')
    .option('--all', 'those that have ended as well')
    .option('--manager <id>', 'of this project manager only', toContactId)
    .action((slug: string | undefined, options: ListOptions, self: Command) =>
      run(self, async (context) => (await import('./list.js')).listAllChanges(context, slug ?? null, options)),
    );
  withExamples(command, 'change list', 'change list korenaar --all --json');
}

function showCommand(change: Command): void {
  const command = change
    .command('show')
    .description('the whole of one: promise, versions and what they would do, people, conflicts, questions, events')
    .argument('<slug>', 'the customer')
    .argument('<number>', 'the number of the change', toNumber)
    .option('--events <n>', 'so many of the last events', toNumber, 12)
    .action((slug: string, number: number, { events }: { readonly events: number }, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showChange(context, slug, number, events)),
    );
  withExamples(command, 'change show korenaar 3', 'change show korenaar 3 --events 50 --json');
}
