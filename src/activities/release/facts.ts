import { isSettled, itemOf } from '../../onboarding/state.js';
import type { ReleaseFacts } from '../../release/checklist.js';
import { listContacts } from '../../store/contacts.js';
import { readCustomer } from '../../store/customers.js';
import { listMappings } from '../../store/mappings.js';
import { readOnboarding, viewOf } from '../../store/onboardings.js';
import type { Mapping as KeptMapping } from '../../store/prisma/client.js';
import type { Release } from '../../store/releases.js';
import { lastAccepted } from '../../store/snapshots.js';
import { listTests, type Test } from '../../store/tests.js';
import { toCustomerId } from '../../sync/ids.js';
import { parseMapping } from '../../sync/mapping/parse.js';
import { parseTimeOfDay } from '../../temporal/schedule.js';
import type { ActivityParts } from '../parts.js';

const HOUR_MS = 3_600_000;

/** Everything that the checklist of a release is filled from. Asks source and network whether they answer. */
export async function gatherFacts(parts: ActivityParts, release: Release): Promise<ReleaseFacts> {
  const { database } = parts;
  const { customerId, mappingVersion: planned } = release;
  const customer = await readCustomer(database, customerId);
  const active = (await listMappings(database, customerId)).find(({ status }) => status === 'active') ?? null;
  const tests = (await listTests(database, customerId)).filter((test) => test.mappingVersion === planned);
  const snapshot = await lastAccepted(database, customerId);
  const sides = (await listContacts(database, customerId)).filter(({ approves }) => approves).map(({ side }) => side);
  const mapping = active === null ? null : parsed(active);
  return {
    mapping: {
      ...{ active: active?.version ?? null, planned },
      isApprovedByBoth: await isApprovedByBoth(parts, release, tests),
    },
    test: newestOf(tests),
    source: await parts.probe(toCustomerId(customerId)),
    network: await probeNetwork(parts, customerId),
    deliveryHours: snapshot === null ? null : (Date.now() - snapshot.receivedAt.getTime()) / HOUR_MS,
    schedule: { dailyAt: customer.dailyAt, isAgreed: await isAgreed(parts, release, customer.dailyAt) },
    letters: {
      areUsed: mapping?.invitations.some(({ audience }) => audience === 'letter') ?? false,
      areSet: customer.letter !== null,
    },
    writtenLimits: Object.values(mapping?.guards.limits ?? {}).filter((limit) => limit?.isWritten === true).length,
    contacts: {
      customer: sides.filter((side) => side === 'customer').length,
      speakap: sides.filter((side) => side === 'speakap').length,
    },
  };
}

function parsed({ document }: KeptMapping) {
  const read = parseMapping(document);
  return 'problems' in read ? null : read.mapping;
}

/** By its concept, or by a test of it that both sides approved. */
async function isApprovedByBoth(
  { database }: ActivityParts,
  { customerId, mappingVersion }: Release,
  tests: readonly Test[],
): Promise<boolean> {
  const concepts = await database.prisma.concept.count({
    where: { mappingVersion, result: 'approved', onboarding: { customerId } },
  });
  return concepts > 0 || tests.some(({ approvals }) => hasBothSides(approvals));
}

function hasBothSides(approvals: unknown): boolean {
  if (!Array.isArray(approvals)) return false;
  const sides = approvals.map((approval: unknown) =>
    typeof approval === 'object' && approval !== null && 'side' in approval ? approval.side : null,
  );
  return sides.includes('customer') && sides.includes('speakap');
}

function newestOf([newest]: readonly Test[]): ReleaseFacts['test'] {
  if (newest === undefined) return null;
  const { number, status, tornDownAt, leftOver } = newest;
  return { number, status, isTornDown: tornDownAt !== null, leftOver };
}

async function probeNetwork({ networks }: ActivityParts, customer: string): Promise<ReleaseFacts['network']> {
  try {
    await (await networks.of(toCustomerId(customer))).describe();
    return { ok: true, sentence: 'The network answers.' };
  } catch (error) {
    // Only the kind: the words of a library could hold anything.
    return { ok: false, sentence: `The network does not answer (${error instanceof Error ? error.name : 'unknown'}).` };
  }
}

/** In an onboarding the customer says the time; elsewhere whoever added the customer did. */
async function isAgreed({ database }: ActivityParts, { onboardingId }: Release, dailyAt: string): Promise<boolean> {
  const view = onboardingId === null ? null : viewOf(await readOnboarding(database, onboardingId));
  if (view !== null) return isSettled(itemOf({ ...view, events: [] }, 'frequency'));
  try {
    parseTimeOfDay(dailyAt);
    return true;
  } catch {
    return false;
  }
}
