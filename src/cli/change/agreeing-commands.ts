import { Argument, Option, type Command } from 'commander';
import type { Become } from '../../change-requests/messages.js';
import type { Size } from '../../change-requests/classify.js';
import { withExamples } from '../examples.js';
import { actorOf, toContactId, toDate, withActor, withEitherActor, type ActorOptions } from '../onboarding/options.js';
import { run } from '../run.js';
import { ofChange } from './of-change.js';

/** What both sides say until it is clear what is wanted, and until when. */
export function registerAgreeing(change: Command): void {
  askCommand(change);
  answerCommand(change);
  classifyCommand(change);
  agreeCommand(change);
  peopleCommand(change);
}

function askCommand(change: Command): void {
  const command = withEitherActor(
    ofChange(
      change,
      'ask',
      'ask a contact something; while the customer owes an answer, the clock stands still',
    ).argument('<text>', 'the question'),
  )
    .requiredOption('--to <id>', 'the contact who is to answer', toContactId)
    .action(
      (slug: string, number: number, text: string, options: ActorOptions & { readonly to: string }, self: Command) =>
        run(self, async (context) =>
          (await import('./send.js')).send(context, slug, number, 'ask', { ...actorOf(options), to: options.to, text }),
        ),
    );
  withExamples(command, 'change ask korenaar 3 "Who moves to the new shop?" --by staff-17 --to c-hr');
}

function answerCommand(change: Command): void {
  const command = withEitherActor(
    ofChange(change, 'answer', 'answer a question')
      .argument('<question>', 'its number, such as q1')
      .argument('<text>', 'the answer'),
  ).action((slug: string, number: number, question: string, text: string, options: ActorOptions, self: Command) =>
    run(self, async (context) =>
      (await import('./send.js')).send(context, slug, number, 'answer', { ...actorOf(options), question, text }),
    ),
  );
  withExamples(command, 'change answer korenaar 3 q1 "Everybody of the bakery." --by c-hr --recorded-by staff-17');
}

type Reason = ActorOptions & { readonly reason: string };

function classifyCommand(change: Command): void {
  const command = withActor(
    ofChange(change, 'classify', 'say that it is small or structural, whatever the rules say').addArgument(
      new Argument('<size>', 'small: 48 hours; structural: a date in 48 hours, done in 14 days').choices([
        'small',
        'structural',
      ] satisfies Size[]),
    ),
  )
    .requiredOption('--reason <text>', 'why')
    .action((slug: string, number: number, size: Size, { by, reason }: Reason, self: Command) =>
      run(self, async (context) =>
        (await import('./send.js')).send(context, slug, number, 'classify', { by, size, reason }),
      ),
    );
  withExamples(command, 'change classify korenaar 3 structural --by staff-17 --reason "every shop gets another name"');
}

function agreeCommand(change: Command): void {
  const command = withEitherActor(
    ofChange(
      change,
      'agree',
      'propose until when a structural change is done; the other side agrees by sending the same date',
    ).argument('<date>', 'done by the end of this day', toDate),
  ).action((slug: string, number: number, on: string, options: ActorOptions, self: Command) =>
    run(self, async (context) =>
      (await import('./send.js')).send(context, slug, number, 'agree', { ...actorOf(options), on }),
    ),
  );
  withExamples(
    command,
    'change agree korenaar 3 2026-12-11 --by staff-17',
    'change agree korenaar 3 2026-12-11 --by c-hr --recorded-by staff-17',
  );
}

function peopleCommand(change: Command): void {
  const command = withEitherActor(
    ofChange(change, 'people', 'say what becomes of the people of a location or department that is closed').argument(
      '<text>',
      'in words, for everybody who decides',
    ),
  )
    .addOption(
      new Option(
        '--become <what>',
        'move to another one, leave the network, stay without one, or some this and some that',
      )
        .choices(['move', 'leave', 'stay', 'mixed'] satisfies Become[])
        .makeOptionMandatory(),
    )
    .action(
      (
        slug: string,
        number: number,
        text: string,
        options: ActorOptions & { readonly become: Become },
        self: Command,
      ) =>
        run(self, async (context) => {
          const message = { ...actorOf(options), become: options.become, text };
          return (await import('./send.js')).send(context, slug, number, 'people', message);
        }),
    );
  withExamples(command, 'change people korenaar 3 "They move to the shop in the station." --become move --by c-hr');
}
