import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { actorOf, toContactId, toDate, withEitherActor, type ActorOptions } from './options.js';

export function registerQuestions(onboarding: Command): void {
  askCommand(onboarding);
  answerCommand(onboarding);
}

interface AskOptions extends ActorOptions {
  readonly to: string;
  readonly about?: string;
  readonly due?: string;
}

function askCommand(onboarding: Command): void {
  const command = withEitherActor(
    onboarding
      .command('ask')
      .description('ask a contact something; until it is answered, what it is about waits')
      .argument('<slug>', 'the customer')
      .argument('<text>', 'the question'),
  )
    .requiredOption('--to <id>', 'the contact who is to answer', toContactId)
    .option('--about <item>', 'the deliverable that waits for the answer')
    .option('--due <date>', 'until when (default: in two working days)', toDate)
    .action((slug: string, text: string, options: AskOptions, self: Command) =>
      run(self, async (context) => {
        const { to, about, due } = options;
        const { send } = await import('./send.js');
        await send(context, slug, 'ask', {
          ...{ ...actorOf(options), to, text },
          ...(about === undefined ? {} : { about }),
          ...(due === undefined ? {} : { due }),
        });
      }),
    );
  withExamples(
    command,
    'onboarding ask korenaar "Where does head office belong?" --by staff-21 --to c-hr --about groups --due 2026-12-09',
  );
}

function answerCommand(onboarding: Command): void {
  const command = withEitherActor(
    onboarding
      .command('answer')
      .description('answer a question')
      .argument('<slug>', 'the customer')
      .argument('<question>', 'its number, such as q1')
      .argument('<text>', 'the answer'),
  ).action((slug: string, question: string, text: string, options: ActorOptions, self: Command) =>
    run(self, async (context) =>
      (await import('./send.js')).send(context, slug, 'answer', { ...actorOf(options), question, text }),
    ),
  );
  withExamples(
    command,
    'onboarding answer korenaar q1 "It is a location of its own." --by c-hr --recorded-by staff-17',
  );
}
