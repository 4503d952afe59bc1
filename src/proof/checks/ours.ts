import { accountsByXid, type FoundPerson } from '../found.js';
import type { Expectation } from '../state.js';
import type { Difference, TestDay } from './result.js';

/** Somebody who should have an active account, with the one that was found. */
export interface Pair {
  readonly expectation: Expectation;
  readonly person: NonNullable<Expectation['person']>;
  readonly account: FoundPerson;
}

/** Everybody who should be active and is, once. Who is not there is for the check of invitations to tell. */
export function pairsOf({ expected, found }: Pick<TestDay, 'expected' | 'found'>): readonly Pair[] {
  const accounts = accountsByXid(found);
  return [...expected.values()].flatMap((expectation) => {
    const { xid, account, person } = expectation;
    const active = (accounts.get(xid) ?? []).filter(({ isActive }) => isActive);
    const [only] = active;
    return account === 'active' && person !== null && only !== undefined
      ? [{ expectation, person, account: only }]
      : [];
  });
}

/** XIDs of accounts that were there before the first run and that nobody expected: they are not ours to touch. */
export function foreignXids({ expected, before, previous }: TestDay): ReadonlySet<string> {
  const foreign = new Set<string>();
  for (const { xid } of before.people) {
    if (xid === null) continue;
    const isManaged = (previous?.get(xid)?.account ?? 'absent') !== 'absent';
    if (!isManaged && (expected.get(xid)?.account ?? 'absent') === 'absent') foreign.add(xid);
  }
  return foreign;
}

export function differs(
  { xid, rows }: Pick<Expectation, 'xid' | 'rows'>,
  difference: Omit<Difference, 'person' | 'rows'>,
): Difference {
  return { person: xid, rows, ...difference };
}
