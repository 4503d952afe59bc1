import { readCustomer } from '../../store/customers.js';
import { pendingSnapshot, waiveGuards } from '../../store/snapshots.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import type { AcceptOptions } from './deciding-commands.js';

/** There is no delivery that a guard refused. */
export class NothingRefused extends CommandFailed {
  constructor(slug: string, why: string) {
    super(`${why} Nothing was changed. "usersync sync report ${slug}" shows what became of the last delivery.`);
  }
}

/** `sync accept`: a named person takes the responsibility for one delivery; no setting is changed. */
export async function acceptDelivery(context: Context, slug: string, { by, comment }: AcceptOptions): Promise<void> {
  const database = await context.database();
  await readCustomer(database, slug);
  const snapshot = await pendingSnapshot(database, slug);
  if (snapshot === null)
    throw new NothingRefused(slug, `No delivery of ${slug} was refused since the last accepted one.`);
  if (snapshot.guard === null) {
    throw new NothingRefused(
      slug,
      `The last delivery of ${slug} cannot be read as an employee record, so it cannot be accepted.`,
    );
  }
  await waiveGuards(database, snapshot.id, { by, comment });
  context.output.answer(
    { customer: slug, snapshot: snapshot.id, guard: snapshot.guard, by, comment },
    () =>
      `Snapshot ${snapshot.id} is accepted by ${by}. Nothing is changed yet: the next run reads it, unless a newer delivery comes ` +
      `first. "usersync sync plan ${slug}" shows what it would do, "usersync sync run ${slug}" does it.`,
  );
}
