import { NetworkError } from '../network/errors.js';
import type { RoleRef } from '../network/network.js';
import { groupKey } from '../sync/group.js';
import type { Eid } from '../sync/ids.js';
import { asError, changesOf, stopsEverything, type ApplyParts, type Unit } from './batch.js';
import { isPresent } from './gone.js';

const NOT_SEEN =
  'The network accepted the role in the group and does not show it. It is looked at and tried again by the next run.';

/** What became of a role in a group: null when it is as wanted, else what the network threw, or why it does not count as done. */
export type GroupRoleAnswer = NetworkError | string | null;

export interface GroupRoleAnswers {
  /** By the change's number. One that is not in here was not tried to the end. */
  readonly bySeq: ReadonlyMap<number, GroupRoleAnswer>;
  /** What ended the work early. */
  readonly stopped: Error | null;
}

/** Everybody of a batch who gets one role in one group. */
interface Given {
  readonly group: Eid;
  readonly role: RoleRef;
  readonly people: { readonly seq: number; readonly user: Eid }[];
}

/**
 * Gives roles in groups: person by person, as the network wants it, and read back together, since one look at a group shows
 * all who have the role in it.
 */
export async function giveGroupRoles(parts: ApplyParts, units: readonly Unit[]): Promise<GroupRoleAnswers> {
  const bySeq = new Map<number, GroupRoleAnswer>();
  const waiting = givenIn(parts, units);
  let stopped: Error | null = null;
  const work = async (): Promise<void> => {
    for (let given = waiting.shift(); given !== undefined && stopped === null; given = waiting.shift()) {
      try {
        await give(parts, given, bySeq);
      } catch (error) {
        stopped ??= asError(error);
      }
    }
  };
  await Promise.all(Array.from({ length: parts.concurrency }, work));
  return { bySeq, stopped };
}

function givenIn(parts: ApplyParts, units: readonly Unit[]): Given[] {
  const all = new Map<string, Given>();
  for (const { seq, change, link } of units.flatMap((unit) => changesOf(unit, 'change_role'))) {
    const role = parts.roles.get(change.after);
    const group = change.group === null ? undefined : parts.groups.get(groupKey(change.group));
    if (role === undefined || group === undefined || !isPresent(link)) continue;
    const given = all.get(`${group} ${role}`) ?? { group, role, people: [] };
    given.people.push({ seq, user: link.userEid });
    all.set(`${group} ${role}`, given);
  }
  return [...all.values()];
}

async function give(
  parts: ApplyParts,
  { group, role, people }: Given,
  bySeq: Map<number, GroupRoleAnswer>,
): Promise<void> {
  const accepted: { readonly seq: number; readonly user: Eid }[] = [];
  for (const { seq, user } of people) {
    parts.signal.throwIfAborted();
    const answer = await answerOf(() => parts.network.setGroupRole(user, group, role));
    if (answer === 'accepted') accepted.push({ seq, user });
    else bySeq.set(seq, answer === 'done' ? null : answer);
    parts.onProgress(0);
  }
  const unseen = await answerOf(() =>
    parts.network.awaitGroupRole(new Set(accepted.map(({ user }) => user)), group, role),
  );
  for (const { seq, user } of accepted) {
    if (unseen instanceof NetworkError) bySeq.set(seq, unseen);
    else bySeq.set(seq, unseen.has(user) ? NOT_SEEN : null);
  }
}

/** @throws NetworkError when the next person would meet the same. */
async function answerOf<Answer>(ask: () => Promise<Answer>): Promise<Answer | NetworkError> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof NetworkError) || stopsEverything(error)) throw error;
    return error;
  }
}
