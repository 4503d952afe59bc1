import { groupKey, parentsOf, type GroupKind, type GroupRef } from '../sync/group.js';
import type { PersonChange } from '../sync/change.js';
import type { Eid } from '../sync/ids.js';
import type { Outcome } from '../store/changes.js';
import { changesOf, linkAfter, type ApplyParts, type Unit, type UnitResult } from './batch.js';
import { absent, isPresent, unlessGone, type PresentLink } from './gone.js';

const NO_GROUP = 'The group does not exist in the network. It is tried again by the next run.';
const RENAMED =
  'The group is no longer known under this name, and the person is in a group of the same kind that the sync does not ' +
  'account for: it may have been renamed. Nothing was changed; look at it in the network and take the person out, or give ' +
  'the group its name back. The next run tries again.';

const NOT_JOINED =
  'The person could not join a group in this run, and leaves no other one for it before that: nobody is without a group in between. ' +
  'The next run tries both again.';

/** All groups of a person in one call; a group that does not exist is left out and said. */
export async function joinGroups(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = unit[0].link;
  if (!isPresent(link)) return absent(parts, unit);
  const changes = changesOf(unit, 'join').map((entry) => ({ ...entry, eid: eidOf(parts, entry.change.group) }));
  return unlessGone(parts, unit, link, async () => {
    const groups = changes.flatMap(({ eid }) => eid ?? []);
    if (groups.length > 0) await parts.network.join(link.userEid, groups);
    return resultOf(
      link,
      changes.map(({ seq, change, eid }) => ({ seq, change, problem: eid === undefined ? NO_GROUP : null })),
      'skipped',
    );
  });
}

/**
 * Also all in one call. A group without an EID is gone, unless the network shows the person in one that may be it. Who could not
 * join the new group stays in the old ones of its kind, and in all of them where there would be no other.
 */
export async function leaveGroups(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = unit[0].link;
  if (!isPresent(link)) return absent(parts, unit);
  const wanted = changesOf(unit, 'leave');
  const stays = staysFor(link, wanted);
  const changes = wanted
    .filter((entry) => !stays(entry))
    .map((entry) => ({ ...entry, eid: eidOf(parts, entry.change.group) }));
  return unlessGone(parts, unit, link, async () => {
    const groups = changes.flatMap(({ eid }) => eid ?? []);
    if (groups.length > 0) await parts.network.leave(link.userEid, groups);
    const isComplete = groups.length === changes.length;
    const unaccounted = isComplete ? new Set<GroupKind>() : await unaccountedKinds(parts, link);
    const { outcomes, link: left } = resultOf(
      link,
      changes.map(({ seq, change, eid }) => ({
        ...{ seq, change },
        problem: eid === undefined && unaccounted.has(change.group.kind) ? RENAMED : null,
      })),
      'failed',
    );
    const put = wanted.filter(stays).map(({ seq }): Outcome => ({ seq, status: 'skipped', problem: NOT_JOINED }));
    return { outcomes: [...outcomes, ...put], link: left };
  });
}

type Leave = ReturnType<typeof changesOf<'leave'>>[number];

/** Which groups a person does not leave yet: a local department that could not be joined stands for its business unit and department too. */
function staysFor(link: PresentLink, leaves: readonly Leave[]): (leave: Leave) => boolean {
  const unjoined = new Set(leaves.flatMap(({ unjoined: kinds }) => kinds ?? []));
  if (unjoined.size === 0) return () => false;
  if (unjoined.has('local_department')) unjoined.add('business_unit').add('department');
  const isLast = Object.keys(link.written.memberships).length <= leaves.length;
  return ({ change: { group } }) => isLast || unjoined.has(group.kind);
}

/** Kinds of which the person is in a group that is not written down for it. A group keeps its EID when it is renamed. */
async function unaccountedKinds(parts: ApplyParts, link: PresentLink): Promise<ReadonlySet<GroupKind>> {
  const written = Object.values(link.written.memberships).flatMap(({ group }) => [group, ...parentsOf(group)]);
  const accounted = new Set(written.map((group) => eidOf(parts, group)));
  const held = new Set((await parts.network.person(link.userEid))?.groups);
  const others = [...parts.groups].filter(([, eid]) => held.has(eid) && !accounted.has(eid));
  return new Set(others.map(([key]) => kindOf(key)));
}

function kindOf(key: string): GroupKind {
  const kinds = ['business_unit', 'department', 'local_department', 'topic'] as const;
  const found = kinds.find((kind) => key.startsWith(`${kind}:`));
  if (found === undefined) throw new TypeError('A group key begins with the kind of its group.');
  return found;
}

function eidOf(parts: ApplyParts, group: GroupRef): Eid | undefined {
  return parts.groups.get(groupKey(group));
}

interface Applied {
  readonly seq: number;
  readonly change: PersonChange;
  readonly problem: string | null;
}

function resultOf(link: PresentLink, applied: readonly Applied[], otherwise: 'skipped' | 'failed'): UnitResult {
  const outcomes = applied.map(({ seq, problem }): Outcome => ({
    seq,
    status: problem === null ? 'done' : otherwise,
    problem,
  }));
  const made = applied.flatMap(({ change, problem }) => (problem === null ? [change] : []));
  return { outcomes, link: linkAfter(link, made) };
}
