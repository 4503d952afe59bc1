import { CommandFailed } from '../errors.js';

/** The customer is there and its schedule is not. */
export class NoSchedule extends CommandFailed {
  constructor(slug: string) {
    super(`${slug} has no schedule in Temporal. Nothing was changed. "usersync customer add FILE" makes it again.`);
  }
}
