import { Conflict, NetworkError } from '../network/errors.js';
import { groupKey, groupName, parentsOf, type GroupRef } from '../sync/group.js';
import type { Eid } from '../sync/ids.js';
import { changesOf, done, failed, skipped, type ApplyParts, type Unit, type UnitResult } from './batch.js';

/** Creates one group, or finds the one that an earlier attempt or somebody else made in the meantime. */
export async function createGroup(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const group = changesOf(unit, 'create_group')[0]?.change.group;
  if (group === undefined || parts.groups.has(groupKey(group))) return done(unit, null);
  const [businessUnit, department] = parentsOf(group).map((parent) => parts.groups.get(groupKey(parent)));
  if (group.kind === 'local_department' && (businessUnit === undefined || department === undefined)) {
    return skipped(unit, `Its business unit or department does not exist, so "${groupName(group)}" was not created.`);
  }
  const eid = await createOrFind(parts, { group, businessUnit, department });
  if (eid === null) return failed(unit, `The network says that "${groupName(group)}" exists, but does not show it.`);
  parts.groups.set(groupKey(group), eid);
  await parts.rememberGroup(eid, group);
  return done(unit, null);
}

interface Wanted {
  readonly group: GroupRef;
  readonly businessUnit: Eid | undefined;
  readonly department: Eid | undefined;
}

async function createOrFind(parts: ApplyParts, { group, businessUnit, department }: Wanted): Promise<Eid | null> {
  try {
    return await parts.network.createGroup({
      group,
      ...(businessUnit === undefined ? {} : { businessUnit }),
      ...(department === undefined ? {} : { department }),
    });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (!(error instanceof Conflict) && error.effect === 'no') throw error;
    const found = await findGroup(parts, group);
    if (found === null && !(error instanceof Conflict)) throw error;
    return found;
  }
}

async function findGroup(parts: ApplyParts, group: GroupRef): Promise<Eid | null> {
  const key = groupKey(group);
  return (await parts.network.groups()).find((candidate) => groupKey(candidate.group) === key)?.eid ?? null;
}
