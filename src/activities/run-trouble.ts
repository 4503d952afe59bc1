import { log } from '@temporalio/activity';
import { deliverMail } from '../mail/deliver.js';
import { writeMail } from '../mail/texts/write-mail.js';
import { listContacts } from '../store/contacts.js';
import { readCustomer } from '../store/customers.js';
import { causeBefore } from '../store/runs.js';
import type { Run } from '../store/prisma/client.js';
import { toCustomerId } from '../sync/ids.js';
import type { ActivityParts } from './parts.js';

export interface Trouble {
  /** What went wrong, as one word that is the same every day: `TooManyFailures`, `shrink`. */
  readonly cause: string;
  /** The sentence for a person. */
  readonly problem: string;
}

/** More of the same is to be expected from the next run, so a person has to look first. */
const PAUSES: readonly string[] = ['TooManyFailures'];

/** A live run went wrong: the schedule is paused where the next run would do the same, and people are told once for each cause. */
export async function handleTrouble(parts: ActivityParts, run: Run, { cause, problem }: Trouble): Promise<void> {
  const isPaused = PAUSES.includes(cause);
  if (isPaused) {
    await parts.schedules.pause(
      run.customerId,
      `paused by run ${run.number}: ${problem} "usersync schedule resume ${run.customerId}" switches it on again.`,
    );
  }
  if ((await causeBefore(parts.database, run)) !== cause) await tell(parts, run, problem, isPaused);
}

/** To the project manager. A mail that cannot be sent now stops no report: its row says so. */
async function tell(parts: ActivityParts, run: Run, problem: string, isPaused: boolean): Promise<void> {
  const { database } = parts;
  const customer = await readCustomer(database, run.customerId);
  const contacts = await listContacts(database, toCustomerId(run.customerId));
  const manager = contacts.find(({ id }) => id === customer.manager) ?? contacts.find(({ side }) => side === 'speakap');
  if (manager === undefined) return;
  const facts = {
    ...{ customerName: customer.name, timeZone: customer.timeZone, customer: customer.id },
    recipient: { name: manager.name, role: manager.role },
    manager: { name: manager.name, address: manager.email },
    ...{ run: run.number, problem, isPaused },
  };
  const { status } = await deliverMail(parts, {
    key: `run/${run.id}/trouble/${manager.id}`,
    customer: toCustomerId(run.customerId),
    contactId: manager.id,
    kind: 'run-trouble',
    compose: async () => writeMail('run-trouble', facts, manager.email),
  });
  if (status !== 'sent') log.warn('Nobody could be told of a run that went wrong', { run: run.id, status });
}
