import { Conflict, NetworkError } from '../network/errors.js';
import { groupKey, groupName, parentsOf, type GroupRef } from '../sync/group.js';
import type { Eid } from '../sync/ids.js';
import { applyUnits, changesOf, done, failed, skipped, type ApplyParts, type Unit, type UnitResult } from './batch.js';

/** Creates groups one after the other: some stand in others. */
export async function createGroups(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  if (parts.isRepeated) await findEarlierGroups(parts, units);
  await applyUnits({ ...parts, concurrency: 1 }, units, createGroup);
}

/** What an earlier attempt made and could not write down is not asked for again: the network would refuse its name. */
async function findEarlierGroups(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  const wanted = new Set(units.map(wantedGroup).map(groupKey));
  for (const key of parts.groups.keys()) wanted.delete(key);
  if (wanted.size === 0) return;
  for (const { eid, group } of await parts.network.groups()) {
    if (wanted.has(groupKey(group))) await keepGroup(parts, eid, group);
  }
}

/** Creates one group, or finds the one that a lost answer or somebody else made in the meantime. */
async function createGroup(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const group = wantedGroup(unit);
  if (parts.groups.has(groupKey(group))) return done(unit, null);
  const [businessUnit, department] = parentsOf(group).map((parent) => parts.groups.get(groupKey(parent)));
  if (group.kind === 'local_department' && (businessUnit === undefined || department === undefined)) {
    return skipped(unit, `Its business unit or department does not exist, so "${groupName(group)}" was not created.`);
  }
  const eid = await createOrFind(parts, { group, businessUnit, department });
  if (eid === null) return failed(unit, `The network says that "${groupName(group)}" exists, but does not show it.`);
  await keepGroup(parts, eid, group);
  return done(unit, null);
}

function wantedGroup(unit: Unit): GroupRef {
  const first = changesOf(unit, 'create_group')[0];
  if (first === undefined) throw new TypeError('A unit is never empty.');
  return first.change.group;
}

async function keepGroup(parts: ApplyParts, eid: Eid, group: GroupRef): Promise<void> {
  parts.groups.set(groupKey(group), eid);
  await parts.rememberGroup(eid, group);
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
