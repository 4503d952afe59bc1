import { expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.js';
import type { Network } from '../../src/network/network.js';
import type { ChangeToApply, Outcome } from '../../src/store/changes.js';
import { toEid, toXid, type Eid, type Xid } from '../../src/sync/ids.js';
import { eid } from '../network/server.js';
import { applyParts } from '../support/apply-parts.js';

const EDITOR = toEid(eid(99));

/** A network with these administrators, and what became of roles in it. */
function networkOf(...administrators: readonly number[]) {
  const changed: Eid[] = [];
  const memberships = administrators.map((user) => ({
    eid: toEid(eid(60 + user)),
    user: toEid(eid(user)),
    role: 'admin',
  }));
  const network: Partial<Network> = {
    networkMemberships: async function* () {
      yield memberships;
    },
    changeNetworkRoles: (roles) => {
      changed.push(...roles.keys());
      return Promise.resolve(new Map());
    },
  };
  return { network: network as Network, changed };
}

/** The sync knows of nobody as an administrator. */
function becomesEditor(user: number): ChangeToApply {
  const xid = toXid(`x${user}`);
  const reason = { rule: 'roles', text: 'a rule', rows: [] };
  return {
    seq: user,
    change: { kind: 'change_role', xid, group: null, before: 'member', after: 'Editor', reason },
    link: {
      ...{ xid, state: 'active', userName: `u${user}`, scimId: `s${user}`, userEid: toEid(eid(user)) },
      ...{ membershipEid: toEid(eid(60 + user)), password: null, invitedAt: null, suspendedAt: null },
      written: { userName: `u${user}`, profile: {}, networkRole: 'member', memberships: {}, audience: 'email' },
    },
  };
}

async function apply(network: Network, users: readonly number[]): Promise<readonly string[]> {
  const outcomes: Outcome[] = [];
  const parts = applyParts({
    network,
    roles: new Map([['Editor', EDITOR]]),
    record: (some) => Promise.resolve(void outcomes.push(...some)),
    leavingPeople: () => Promise.resolve(new Map<Eid, Xid>(users.map((user) => [toEid(eid(user)), toXid(`x${user}`)]))),
  });
  await applyChanges(parts, users.map(becomesEditor));
  return outcomes.map(({ seq, status }) => `${seq} ${status}`);
}

test('who was made administrator by hand keeps that role while there is no other one, whatever the sync wrote before', async () => {
  const { network, changed } = networkOf(2, 3);
  expect(await apply(network, [1, 2, 3])).toEqual(['2 skipped', '1 done', '3 done']);
  expect(changed).toEqual([toEid(eid(61)), toEid(eid(63))]);
});

test('administrators by hand get another role as long as somebody else stays one', async () => {
  const { network } = networkOf(2, 3);
  expect(await apply(network, [1, 2])).toEqual(['1 done', '2 done']);
});
