import { InvalidArgumentError, type Command } from 'commander';

/** Whoever acts, and who writes it down for them. */
export interface ActorOptions {
  readonly by: string;
  readonly recordedBy?: string;
}

/** `--by`, for what only Speakap does. */
export function withActor(command: Command): Command {
  return command.requiredOption('--by <id>', 'the contact who does it, such as staff-17', toContactId);
}

/** `--by` and `--recorded-by`, for what the customer does as well. */
export function withEitherActor(command: Command): Command {
  return command
    .requiredOption('--by <id>', 'the contact who says it, such as c-hr', toContactId)
    .option('--recorded-by <id>', "your id, when you write it down on a contact's behalf", toContactId);
}

export function actorOf({ by, recordedBy }: ActorOptions): ActorOptions {
  return { by, ...(recordedBy === undefined ? {} : { recordedBy }) };
}

/** Whether there is such a contact, the onboarding says best: it names those that there are. */
export function toContactId(text: string): string {
  if (!/^[\w.-]{1,40}$/.test(text)) throw new InvalidArgumentError('The id of a contact is needed, such as staff-17.');
  return text;
}

export function toDate(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('A date is needed, such as 2026-12-08.');
  return text;
}
