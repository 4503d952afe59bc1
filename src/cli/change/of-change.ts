import type { Command } from 'commander';
import { toNumber } from '../whole-number.js';

/** A command about one change request: of a customer, by its number. */
export function ofChange(change: Command, name: string, description: string): Command {
  return change
    .command(name)
    .description(description)
    .argument('<slug>', 'the customer')
    .argument('<number>', 'the number of the change', toNumber);
}
