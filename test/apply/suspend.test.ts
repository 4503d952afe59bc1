import { expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.js';
import { NotFound } from '../../src/network/errors.js';
import type { Account, Network } from '../../src/network/network.js';
import type { ChangeToApply, Outcome, StoredLink } from '../../src/store/changes.js';
import { toXid, type Xid } from '../../src/sync/ids.js';
import { applyParts } from '../support/apply-parts.js';

const XID = toXid('0004711');
const account: Account = { id: 'new', userName: 'ann', xid: XID, active: true, email: 'Ann@people.example' };

/** A network in which the account of the link is gone, and these are there, found by their e-mail address. */
function networkOf(...accounts: readonly Account[]) {
  const switched: string[] = [];
  const network: Partial<Network> = {
    findAccount: () => Promise.resolve(null),
    findAccountsByEmail: (email) =>
      Promise.resolve(accounts.filter((each) => each.email?.toLowerCase() === email.toLowerCase())),
    setActive: (id, userName, active) => {
      if (!accounts.some((each) => each.id === id))
        return Promise.reject(new NotFound('PUT {scim}/Users/{id}', 'gone'));
      switched.push(`${id} ${userName} ${String(active)}`);
      return Promise.resolve();
    },
  };
  return { network: network as Network, switched };
}

const change: ChangeToApply['change'] = {
  ...{ kind: 'suspend', xid: XID },
  reason: { rule: 'missing', text: 'is missing', rows: [] },
};
const known: StoredLink = {
  ...{ xid: XID, state: 'active', userName: '0004711', scimId: 'old', userEid: null, membershipEid: null },
  ...{ password: null, invitedAt: null, suspendedAt: null },
  written: {
    ...{ userName: '0004711', networkRole: 'member', memberships: {}, audience: 'email' },
    profile: { email: 'ann@people.example' },
  },
};

async function suspend(network: Network, link = known, owner: Xid | null = null) {
  const outcomes: Outcome[] = [];
  const links: StoredLink[] = [];
  const parts = applyParts({
    network,
    ownerOf: () => Promise.resolve(owner),
    record: (some, changed) => Promise.resolve(void [outcomes.push(...some), links.push(...changed)]),
  });
  await applyChanges(parts, [{ seq: 1, change, link }]);
  return { status: outcomes.map(({ status }) => status), link: links.at(-1) };
}

test('whose account was made anew by hand under another user name is suspended in it', async () => {
  const { network, switched } = networkOf(account);
  expect(await suspend(network)).toMatchObject({ status: ['done'], link: { state: 'suspended', scimId: 'new' } });
  expect(switched).toEqual(['new ann false']);
});

test('somebody else who has the address by now is not touched, and who is gone counts as suspended', async () => {
  for (const xid of [toXid('other'), null]) {
    const { network, switched } = networkOf({ ...account, xid });
    expect(await suspend(network)).toMatchObject({ status: ['done'], link: { state: 'suspended', scimId: null } });
    expect(switched).toEqual([]);
  }
});

test("an account that is somebody else's by its link, or that the sync never had, is not touched", async () => {
  const { network, switched } = networkOf(account);
  expect(await suspend(network, known, toXid('other'))).toMatchObject({ link: { state: 'suspended', scimId: null } });
  expect(await suspend(network, { ...known, state: 'creating', scimId: null })).toMatchObject({ status: ['done'] });
  expect(switched).toEqual([]);
});
