import { groupKey } from '../sync/group.js';
import type { PersonChange } from '../sync/change.js';
import type { Eid } from '../sync/ids.js';
import type { Outcome } from '../store/changes.js';
import { changesOf, linkAfter, skipped, type ApplyParts, type Unit, type UnitResult } from './batch.js';

const NO_EID = 'The person is not in the network yet, so no group could be changed. It is tried again by the next run.';

export async function joinGroups(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  return changeGroups(parts, unit, 'join', (network, user, groups) => network.join(user, groups));
}

export async function leaveGroups(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  return changeGroups(parts, unit, 'leave', (network, user, groups) => network.leave(user, groups));
}

const NO_GROUP = 'The group does not exist in the network. It is tried again by the next run.';

type Call = (network: ApplyParts['network'], user: Eid, groups: readonly Eid[]) => Promise<void>;

/** All groups of a person in one call; a group that does not exist is left out and said. */
async function changeGroups(parts: ApplyParts, unit: Unit, kind: 'join' | 'leave', call: Call): Promise<UnitResult> {
  const link = unit[0].link;
  if (link === null || link.userEid === null) return skipped(unit, NO_EID);
  const known: Eid[] = [];
  const outcomes: Outcome[] = [];
  const applied: PersonChange[] = [];
  for (const { seq, change } of changesOf(unit, kind)) {
    const eid = parts.groups.get(groupKey(change.group));
    if (eid === undefined && kind === 'join') {
      outcomes.push({ seq, status: 'skipped', problem: NO_GROUP });
      continue;
    }
    if (eid !== undefined) known.push(eid);
    outcomes.push({ seq, status: 'done', problem: null });
    applied.push(change);
  }
  if (known.length > 0) await call(parts.network, link.userEid, known);
  return { outcomes, link: linkAfter(link, applied) };
}
