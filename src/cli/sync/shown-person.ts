import type { Network } from '../../network/network.js';
import type { ExplainedNetwork, Explanation } from '../../report/explanation.js';
import type { KnownGroup } from '../../store/network-groups.js';
import { networkDifferences } from '../../sync/explain/network-differences.js';
import { toEid } from '../../sync/ids.js';
import { groupWords } from '../../sync/plan/words.js';

const NOBODY: ExplainedNetwork = { account: null, profile: null, groups: [], differences: [] };

/** Reads one person in the network, as the link or else the mapping names them. @throws NetworkError */
export async function readShownPerson(
  network: Network,
  { xid, link, trace }: Pick<Explanation, 'xid' | 'link' | 'trace'>,
  known: readonly KnownGroup[],
): Promise<ExplainedNetwork> {
  const userName = link?.userName ?? (trace.outcome.kind === 'active' ? trace.outcome.person.userName : null);
  const account = userName === null ? null : await network.findAccount(userName);
  if (account === null) return NOBODY;
  if (account.xid !== xid) {
    // Somebody else's account is not shown, only that it stands in the way.
    return { ...NOBODY, differences: ['the user name belongs to an account with another XID'] };
  }
  const eid = link?.userEid === null || link === null ? null : toEid(link.userEid);
  const shown = eid === null ? null : await network.person(eid);
  const status = eid === null ? null : await network.status(eid);
  const groups = known.filter((group) => shown?.groups?.includes(group.eid)).map(({ group }) => group);
  const isCompared = link !== null && shown !== null;
  return {
    account: { isActive: account.active, status },
    profile: shown?.profile ?? null,
    groups: groups.map(groupWords),
    differences: isCompared
      ? networkDifferences(link.written, { profile: shown.profile, groups })
      : stateDifferences(account.active, link?.state ?? null),
  };
}

function stateDifferences(isActive: boolean, state: 'creating' | 'active' | 'suspended' | null): readonly string[] {
  if (state === null) return ['the account is there, and the sync has written nothing to it'];
  return isActive === (state !== 'suspended') ? [] : [`the account is ${isActive ? 'not ' : ''}suspended`];
}
