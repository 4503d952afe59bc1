import { InvalidArgumentError, Option, type Command } from 'commander';
import type { GroupRef } from '../../sync/group.js';
import { readGroupName } from './group-name.js';

/** Whom a run is limited to; nothing said: everybody who is due. */
export interface PilotOptions {
  readonly onlyGroup?: GroupRef;
  readonly xid?: readonly string[];
}

/** @param others options of the command that are about everybody. */
export function withPilot(command: Command, others: readonly string[] = []): Command {
  const group = new Option('--only-group <group>', 'a pilot: only people who are in this group, or are to be');
  const people = new Option('--xid <id...>', 'a pilot: only these people; their ids stay in Postgres');
  return command
    .addOption(group.argParser(toGroup).conflicts(['xid', ...others]))
    .addOption(people.conflicts([...others]));
}

function toGroup(text: string): GroupRef {
  const group = readGroupName(text);
  if (group !== null) return group;
  throw new InvalidArgumentError(
    'A group is "business unit:North", "department:Bakery", "local department:North/Bakery" or "topic:Choir".',
  );
}
