import type { MessageName, Messages } from '../../onboarding/messages.js';
import { sendMessage } from '../../temporal/onboardings.js';
import type { Context } from '../context.js';
import { reach } from './reach.js';
import { withProgress } from './with-progress.js';

/** Sends one message to a customer's onboarding, and says what it answers. @throws its refusal, with its own sentence */
export async function send<Name extends MessageName>(
  context: Context,
  slug: string,
  name: Name,
  message: Messages[Name],
): Promise<void> {
  const { client } = await reach(context, slug);
  const answer = await withProgress(context.output, 'waiting for the answer of the onboarding', () =>
    sendMessage(client, slug, name, message),
  );
  sayAnswer(context, slug, name, message, answer);
}

export function sayAnswer<Name extends MessageName>(
  { output }: Context,
  customer: string,
  name: Name,
  message: Messages[Name],
  answer: string,
): void {
  output.answer({ customer, message: name, ...message, answer }, () => answer);
}
