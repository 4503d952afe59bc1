import type { RoleRef } from '../network/network.js';
import type { Change } from '../sync/change.js';
import { groupKey } from '../sync/group.js';
import type { Eid } from '../sync/ids.js';
import type { Outcome, StoredLink } from '../store/changes.js';
import { applyUnits, changesOf, linkAfter, type ApplyParts, type Unit, type UnitResult } from './batch.js';
import { isPresent, notActive, unlessGone, type PresentLink } from './gone.js';
import { askByHalves } from './halves.js';

type ChangeRole = Extract<Change, { kind: 'change_role' }>;
type Answers = ReadonlyMap<Eid, string>;

/** Roles in the network itself go together in one call, roles in groups person by person. */
export async function changeRoles(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  const refusals = await changeNetworkRoles(parts, units);
  await applyUnits(parts, units, (_, unit) => applyRoles(parts, unit, refusals));
}

async function changeNetworkRoles(parts: ApplyParts, units: readonly Unit[]): Promise<Answers> {
  const wanted: (readonly [Eid, RoleRef])[] = [];
  for (const { change, link } of units.flatMap((unit) => changesOf(unit, 'change_role'))) {
    const role = parts.roles.get(change.after);
    if (change.group === null && isPresent(link) && link.membershipEid !== null && role !== undefined)
      wanted.push([link.membershipEid, role]);
  }
  const answers = new Map<Eid, string>();
  const refused = await askByHalves(parts, wanted, async (some) => {
    for (const [membership, reason] of await parts.network.changeNetworkRoles(new Map(some)))
      answers.set(membership, `The network refused to change the role of this person (${reason}).`);
  });
  for (const [[membership], problem] of refused) answers.set(membership, problem);
  return answers;
}

async function applyRoles(parts: ApplyParts, unit: Unit, refusals: Answers): Promise<UnitResult> {
  const link = unit[0].link;
  if (!isPresent(link)) return notActive(unit);
  return unlessGone(parts, unit, link, () => applyRolesOf(parts, unit, link, refusals));
}

async function applyRolesOf(
  parts: ApplyParts,
  unit: Unit,
  person: PresentLink,
  refusals: Answers,
): Promise<UnitResult> {
  let link: StoredLink = person;
  const outcomes: Outcome[] = [];
  for (const { seq, change } of changesOf(unit, 'change_role')) {
    const problem = await applyRole(parts, change, person, refusals);
    outcomes.push({ seq, status: problem === null ? 'done' : 'failed', problem });
    if (problem === null) link = linkAfter(link, [change]);
    // A membership that the network refuses may be another by now: it is looked up again.
    else if (change.group === null) link = { ...link, membershipEid: null };
  }
  return { outcomes, link };
}

/** Answers what stands in the way; null when the role is as wanted. */
async function applyRole(
  parts: ApplyParts,
  change: ChangeRole,
  link: PresentLink,
  refusals: Answers,
): Promise<string | null> {
  const role = parts.roles.get(change.after);
  if (role === undefined) return `The network has no role "${change.after}". Create it there or mend the mapping.`;
  if (change.group === null) return networkProblem(link, refusals);
  const group = parts.groups.get(groupKey(change.group));
  if (group === undefined) return 'The group does not exist in the network. It is tried again by the next run.';
  await parts.network.setGroupRole(link.userEid, group, role);
  return null;
}

function networkProblem({ membershipEid }: StoredLink, refusals: Answers): string | null {
  if (membershipEid === null)
    return 'The network shows no membership of this person. It is tried again by the next run.';
  return refusals.get(membershipEid) ?? null;
}
