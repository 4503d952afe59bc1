import type { Eid, Xid } from '../sync/ids.js';
import { skipped, type ApplyParts, type Unit } from './batch.js';

const LAST_ADMINISTRATOR =
  'The network would be left without an administrator, and the sync never suspends or demotes the last one. Nothing was ' +
  'changed for this person. Make somebody else administrator of the network; the next run tries again.';

/** As the network calls those who may administer it (`speakap-api.md`). */
const ROLES: readonly string[] = ['admin', 'founder', 'enterprise_admin'];

/**
 * Takes the last administrator of the network out of what is to be done, and says so. Who is one is read from the network
 * in this moment, page by page until one is met who stays, whatever the sync wrote: the account that a customer's network
 * began with is an administrator by hand. Of several that all go it is always the same one that stays, whichever batch asks.
 */
export async function spareLastAdministrator(parts: ApplyParts, units: readonly Unit[]): Promise<readonly Unit[]> {
  if (!units.some(mayTakeAdministrator)) return units;
  const leaving = await parts.leavingPeople();
  if (leaving.size === 0) return units;
  const administrators = await readLeavingAdministrators(parts, leaving);
  if (administrators === null) return units;
  const [kept] = [...administrators].sort(([, a], [, b]) => (a < b ? -1 : 1));
  const spared = units.filter((unit) => mayTakeAdministrator(unit) && unit[0].link?.userEid === kept?.[0]);
  if (spared.length === 0) return units;
  await parts.record(
    spared.flatMap((unit) => skipped(unit, LAST_ADMINISTRATOR).outcomes),
    [],
  );
  return units.filter((unit) => !spared.includes(unit));
}

/** Whatever role the sync wrote before: somebody may have made them administrator in the network. */
function mayTakeAdministrator(unit: Unit): boolean {
  return unit.some(
    ({ change }) =>
      change.kind === 'suspend' || (change.kind === 'change_role' && change.group === null && change.after !== 'admin'),
  );
}

/** null as soon as an administrator is met who stays: in most networks the first page has one. */
async function readLeavingAdministrators(
  { network }: ApplyParts,
  leaving: ReadonlyMap<Eid, Xid>,
): Promise<ReadonlyMap<Eid, Xid> | null> {
  const found = new Map<Eid, Xid>();
  for await (const page of network.networkMemberships()) {
    for (const { user, role } of page) {
      if (!ROLES.includes(role)) continue;
      const xid = leaving.get(user);
      if (xid === undefined) return null;
      found.set(user, xid);
    }
  }
  return found;
}
