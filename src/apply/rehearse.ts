import type { Network, RoleRef } from '../network/network.js';
import type { ChangeToApply, StoredLink } from '../store/changes.js';
import { CHANGE_ORDER } from '../sync/change.js';
import type { Eid, GroupKey, Xid } from '../sync/ids.js';
import type { RoleName } from '../sync/person.js';
import { applyChanges } from './apply.js';
import type { ApplyParts } from './batch.js';

/** What stands for a temporary password. */
export const MASKED = '********';

export interface RehearsalParts {
  /** One to which nothing is sent. */
  readonly network: Network;
  readonly groups: ReadonlyMap<GroupKey, Eid>;
  readonly roles: ReadonlyMap<RoleName, RoleRef>;
  /** Stand for the ids that only the network gives out. */
  readonly newUser: Eid;
  readonly newMembership: Eid;
}

/**
 * Applies the changes of one person to a network that only writes down what it is asked, by the very code that applies them in
 * a run. Nothing is kept. Answers why some of them would not be sent.
 */
export async function rehearse(
  { newUser, newMembership, ...parts }: RehearsalParts,
  changes: readonly ChangeToApply[],
): Promise<readonly string[]> {
  let link = changes.find((change) => change.link !== null)?.link ?? null;
  const problems: string[] = [];
  const apply: ApplyParts = {
    ...{ network: parts.network, roles: parts.roles, groups: new Map(parts.groups) },
    ...{ isRepeated: false, concurrency: 1 },
    record: (outcomes, links) => {
      link = links.at(-1) ?? link;
      problems.push(...outcomes.flatMap(({ status, problem }) => (status === 'done' ? [] : (problem ?? []))));
      return Promise.resolve();
    },
    // Of one person alone nobody can tell who would be the last administrator.
    ...{ leavingPeople: () => Promise.resolve(new Map<Eid, Xid>()) },
    rememberGroup: () => Promise.resolve(),
    ownerOf: () => Promise.resolve(null),
    isInRecord: () => Promise.resolve(false),
    sealPassword: () => MASKED,
    openPassword: () => MASKED,
    movePassword: () => MASKED,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  for (const kind of CHANGE_ORDER) {
    link = completed(link, newUser, newMembership);
    const ofKind = changes.filter(({ change }) => change.kind === kind).map((change) => ({ ...change, link }));
    await applyChanges(apply, ofKind);
  }
  return [...new Set(problems)];
}

/** As a run does between two kinds: an account gets its ids. */
function completed(link: StoredLink | null, newUser: Eid, newMembership: Eid): StoredLink | null {
  if (link?.state !== 'active') return link;
  return { ...link, userEid: link.userEid ?? newUser, membershipEid: link.membershipEid ?? newMembership };
}
