import { accountsByXid, type FoundPerson } from '../found.js';
import type { Expectation } from '../state.js';
import { differs, foreignXids } from './ours.js';
import type { Difference, TestDay } from './result.js';

/** Who should have an account and has none, or has several. */
export function absences(day: TestDay, isLookedAt: (expectation: Expectation) => boolean): readonly Difference[] {
  const accounts = accountsByXid(day.found);
  return [...day.expected.values()].flatMap((expectation) => {
    if (expectation.account !== 'active' || !isLookedAt(expectation)) return [];
    const { rule, why } = expectation;
    const active = activeOf(accounts.get(expectation.xid));
    const expected = `one active account, since ${why}`;
    if (active.length === 0)
      return [differs(expectation, { rule, what: 'account', expected, found: 'none that is active' })];
    return active.length === 1
      ? []
      : [differs(expectation, { rule, what: 'account', expected, found: `${active.length} accounts with this XID` })];
  });
}

/** Who has an active account and should have none. */
export function leftOvers(day: TestDay, isLookedAt: (expectation: Expectation) => boolean): readonly Difference[] {
  const accounts = accountsByXid(day.found);
  const foreign = foreignXids(day);
  return [...day.expected.values()].flatMap((expectation) => {
    const { xid, account, rule, why } = expectation;
    if (account === 'active' || foreign.has(xid) || !isLookedAt(expectation)) return [];
    if (activeOf(accounts.get(xid)).length === 0) return [];
    const expected = account === 'suspended' ? `suspended, since ${why}` : `no account, since ${why}`;
    return [differs(expectation, { rule, what: 'account', expected, found: 'an active account' })];
  });
}

/** Accounts that are new in the network and that no row of the record is about. */
export function strangers({ expected, found, before }: TestDay): readonly Difference[] {
  const known = new Set(before.people.map(({ eid }) => eid));
  return found.people
    .filter(({ eid, xid, isActive }) => isActive && !known.has(eid) && (xid === null || !expected.has(xid)))
    .map(({ xid }) => ({
      person: xid ?? 'an account without XID',
      ...{ rule: 'externalId', what: 'account', rows: [] },
      ...{ expected: 'nobody whom no row names', found: 'an account that was made in the test' },
    }));
}

function activeOf(accounts: readonly FoundPerson[] | undefined): readonly FoundPerson[] {
  return (accounts ?? []).filter(({ isActive }) => isActive);
}
