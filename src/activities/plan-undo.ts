import { heartbeat } from '@temporalio/activity';
import type { Network } from '../network/network.js';
import { readGroupKeys } from '../store/network-groups.js';
import { writePlan, type PlanCounts } from '../store/plans.js';
import { readUndone } from '../store/undone-run.js';
import { planMoment } from '../store/waits.js';
import type { CustomerId, Eid } from '../sync/ids.js';
import type { Profile } from '../sync/person.js';
import { activeForRun } from './mapping.js';
import type { ActivityParts } from './parts.js';
import { peopleToLookAt, UndoPlanner } from './undo-planner.js';

/**
 * Plans the way back from the run of this number. The network is read before the customer is locked, since that may take
 * minutes. @throws UndoRefused
 */
export async function planUndo(
  { database, networks }: Pick<ActivityParts, 'database' | 'networks'>,
  customer: CustomerId,
  runId: number,
  number: number,
): Promise<PlanCounts> {
  const before = await readUndone(database, customer, number);
  const shown = await lookAt(await networks.of(customer), peopleToLookAt(before));
  const makePlanner = async (): Promise<UndoPlanner> => {
    const mapping = await activeForRun(database, customer, runId);
    const { today } = await planMoment(database, customer);
    const undone = await readUndone(database, customer, number);
    return new UndoPlanner({
      ...{ shown, undone, mapping, today },
      existing: await readGroupKeys(database, customer),
    });
  };
  const order = { customer, runId, people: { changedIn: before.id } };
  return writePlan(database, order, makePlanner, (examined) => heartbeat({ examined }));
}

/** What the network shows of these people, in one reading of it. */
async function lookAt(network: Network, wanted: ReadonlySet<Eid>): Promise<ReadonlyMap<Eid, Profile>> {
  const shown = new Map<Eid, Profile>();
  if (wanted.size === 0) return shown;
  for await (const page of network.people()) {
    for (const { eid, profile } of page) if (wanted.has(eid)) shown.set(eid, profile);
    heartbeat();
  }
  return shown;
}
