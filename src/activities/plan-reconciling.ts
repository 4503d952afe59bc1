import { heartbeat } from '@temporalio/activity';
import { readLinkFacts, writtenGroups, type LinkFacts } from '../store/links.js';
import { writePlan, type PlanCounts } from '../store/plans.js';
import { planMoment } from '../store/waits.js';
import type { CustomerId } from '../sync/ids.js';
import type { NetworkReading } from '../sync/reconcile/reading.js';
import { activeForRun } from './mapping.js';
import { readWholeNetwork } from './network-reading.js';
import type { ActivityParts } from './parts.js';
import { ReconcilePlanner } from './reconcile-planner.js';
import { NetworkShowsNobody } from './refusals.js';

/**
 * Plans what makes the network as the sync wrote it, and tells everything that differs. The network is read before the
 * customer is locked, since that may take minutes. @throws NetworkShowsNobody
 */
export async function planReconciling(
  { database, networks }: Pick<ActivityParts, 'database' | 'networks'>,
  customer: CustomerId,
  runId: number,
): Promise<PlanCounts> {
  const { now: begun } = await planMoment(database, customer);
  const reading = await readWholeNetwork(await networks.of(customer), await writtenGroups(database, customer));
  const makePlanner = async (): Promise<ReconcilePlanner> => {
    const mapping = await activeForRun(database, customer, runId);
    const links = await readLinkFacts(database, customer, begun);
    refuseEmptyReading(customer, reading, links);
    const { today } = await planMoment(database, customer);
    return new ReconcilePlanner({ mapping, reading, links, today });
  };
  const order = { customer, runId, people: 'linked' } as const;
  return writePlan(database, order, makePlanner, (examined) => heartbeat({ examined }));
}

/** So many people do not vanish from a network by hand. */
const MANY = 10;

/** A network that shows none of many people was rather read wrongly than left by everybody. */
function refuseEmptyReading(
  customer: CustomerId,
  { accounts }: NetworkReading,
  links: ReadonlyMap<unknown, LinkFacts>,
): void {
  const active = [...links.values()].filter(({ isActive }) => isActive);
  if (active.length < MANY || active.some(({ userEid }) => userEid !== null && accounts.has(userEid))) return;
  throw new NetworkShowsNobody(customer, active.length);
}
