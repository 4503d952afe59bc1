import { NetworkError } from '../network/errors.js';
import type { RoleRef } from '../network/network.js';
import type { Change } from '../sync/change.js';
import { groupKey } from '../sync/group.js';
import type { Eid } from '../sync/ids.js';
import type { ChangeToApply, Outcome, StoredLink } from '../store/changes.js';
import { applyUnits, changesOf, linkAfter, type ApplyParts, type Unit, type UnitResult } from './batch.js';
import { giveGroupRoles, type GroupRoleAnswers } from './group-roles.js';
import { isPresent, notActive, unlessGone, type PresentLink } from './gone.js';
import { askByHalves } from './halves.js';

type ChangeRole = Extract<Change, { kind: 'change_role' }>;

interface Answers {
  /** Why the network refused a role in itself, by membership. */
  readonly refusals: ReadonlyMap<Eid, string>;
  readonly groups: GroupRoleAnswers;
}

/** Roles in the network itself go together in one call, roles in groups person by person, looked at together. */
export async function changeRoles(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  const refusals = await changeNetworkRoles(parts, units);
  const answers: Answers = { refusals, groups: await giveGroupRoles(parts, units) };
  await applyUnits(parts, finishedFirst(units, answers), (_, unit) => applyRoles(parts, unit, answers));
}

/**
 * The first that was not tried ends the batch; what was done, of the same person too, is written down before. A role in the network
 * itself has its answer by then.
 */
function finishedFirst(units: readonly Unit[], { groups: { stopped, bySeq } }: Answers): readonly Unit[] {
  if (stopped === null) return units;
  const isFinished = ({ seq, change }: ChangeToApply) =>
    bySeq.has(seq) || (change.kind === 'change_role' && change.group === null);
  return [...partsOf(units, isFinished), ...partsOf(units, (entry) => !isFinished(entry))];
}

function partsOf(units: readonly Unit[], isMeant: (entry: ChangeToApply) => boolean): readonly Unit[] {
  return units.flatMap((unit) => {
    const [first, ...others] = unit.filter(isMeant);
    return first === undefined ? [] : [[first, ...others] as const];
  });
}

async function changeNetworkRoles(parts: ApplyParts, units: readonly Unit[]): Promise<Answers['refusals']> {
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

async function applyRoles(parts: ApplyParts, unit: Unit, answers: Answers): Promise<UnitResult> {
  const link = unit[0].link;
  if (!isPresent(link)) return notActive(unit);
  return await unlessGone(parts, unit, link, () => Promise.resolve(applyRolesOf(parts, unit, link, answers)));
}

function applyRolesOf(parts: ApplyParts, unit: Unit, person: PresentLink, answers: Answers): UnitResult {
  let link: StoredLink = person;
  const outcomes: Outcome[] = [];
  for (const { seq, change } of changesOf(unit, 'change_role')) {
    const problem = applyRole(parts, seq, change, person, answers);
    outcomes.push({ seq, status: problem === null ? 'done' : 'failed', problem });
    if (problem === null) link = linkAfter(link, [change]);
    // A membership that the network refuses may be another by now: it is looked up again.
    else if (change.group === null) link = { ...link, membershipEid: null };
  }
  return { outcomes, link };
}

/** Answers what stands in the way; null when the role is as wanted. @throws what the network threw. */
function applyRole(
  parts: ApplyParts,
  seq: number,
  change: ChangeRole,
  link: PresentLink,
  { refusals, groups }: Answers,
): string | null {
  if (!parts.roles.has(change.after))
    return `The network has no role "${change.after}". Create it there or mend the mapping.`;
  if (change.group === null) return networkProblem(link, refusals);
  if (!parts.groups.has(groupKey(change.group)))
    return 'The group does not exist in the network. It is tried again by the next run.';
  const answer = groups.bySeq.get(seq);
  if (answer === undefined) throw groups.stopped ?? new Error('A role in a group was not given.');
  if (answer instanceof NetworkError) throw answer;
  return answer;
}

function networkProblem({ membershipEid }: StoredLink, refusals: Answers['refusals']): string | null {
  if (membershipEid === null)
    return 'The network shows no membership of this person. It is tried again by the next run.';
  return refusals.get(membershipEid) ?? null;
}
