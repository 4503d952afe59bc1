import type { ChangeKind } from '../sync/change.js';
import { groupKey } from '../sync/group.js';
import type { ChangeToApply } from '../store/changes.js';
import { spareLastAdministrator } from './administrators.js';
import { createAccounts } from './accounts.js';
import { applyUnits, type ApplyParts, type ApplyUnit, type Unit } from './batch.js';
import { createGroups } from './groups.js';
import { inviteAll } from './invitations.js';
import { joinGroups, leaveGroups } from './memberships.js';
import { restorePerson, suspendPerson, updatePeople } from './people.js';
import { changeRoles } from './roles.js';

type ApplyBatch = (parts: ApplyParts, units: readonly Unit[]) => Promise<void>;

const APPLY: Readonly<Record<ChangeKind, ApplyBatch>> = {
  create_group: createGroups,
  restore: each(restorePerson),
  create: createAccounts,
  update: updatePeople,
  join: each(joinGroups),
  change_role: sparing(changeRoles),
  invite: inviteAll,
  leave: each(leaveGroups),
  suspend: sparing(each(suspendPerson)),
};

function each(apply: ApplyUnit): ApplyBatch {
  return (parts, units) => applyUnits(parts, units, apply);
}

function sparing(apply: ApplyBatch): ApplyBatch {
  return async (parts, units) => apply(parts, await spareLastAdministrator(parts, units));
}

/**
 * Applies changes that are all of one kind, in their order. Every outcome is written down. Applying a change twice is harmless.
 * @throws NetworkError when the network as a whole cannot be written to now; LeaseLost.
 */
export async function applyChanges(parts: ApplyParts, changes: readonly ChangeToApply[]): Promise<void> {
  const first = changes[0];
  if (first !== undefined) await APPLY[first.change.kind](parts, toUnits(changes));
}

function toUnits(changes: readonly ChangeToApply[]): readonly Unit[] {
  const units = new Map<string, [ChangeToApply, ...ChangeToApply[]]>();
  for (const entry of changes) {
    const { change } = entry;
    const owner = change.kind === 'create_group' ? groupKey(change.group) : change.xid;
    const unit = units.get(owner);
    if (unit === undefined) units.set(owner, [entry]);
    else unit.push(entry);
  }
  return [...units.values()];
}
