import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Unit } from '../../src/apply/batch.js';
import { changeRoles } from '../../src/apply/roles.js';
import type { Network } from '../../src/network/network.js';
import type { ChangeToApply, Outcome } from '../../src/store/changes.js';
import { groupKey, type GroupRef } from '../../src/sync/group.js';
import { toEid, toXid } from '../../src/sync/ids.js';
import { aMembership } from '../network/builders.js';
import { eid, withNetwork, type Asked, type Handler } from '../network/server.js';
import { applyParts } from '../support/apply-parts.js';

const STORE: GroupRef = { kind: 'business_unit', name: 'Store' };
const BAKERY: GroupRef = { kind: 'business_unit', name: 'Bakery' };
const posted = z.object({ user: z.object({ EID: z.string() }) });
const userOf = (asked: Asked): string => posted.parse(JSON.parse(asked.body)).user.EID;
const looks = (all: readonly Asked[]): readonly Asked[] => all.filter(({ method }) => method === 'GET');

/** Accepts every role, and shows these people as its holders. */
const accepts =
  (...shown: readonly number[]): Handler =>
  (asked) =>
    asked.method === 'POST'
      ? { status: 202, body: { ETC: '2026-11-23T12:00:00Z', status: 'Accepted' } }
      : { body: { _embedded: { memberships: shown.map((user) => aMembership(100 + user, user, 'admin', 'group')) } } };

function becomesAdmin(user: number, group: GroupRef): ChangeToApply {
  const xid = toXid(`x${user}`);
  return {
    seq: user,
    change: {
      kind: 'change_role',
      xid,
      group,
      before: 'member',
      after: 'admin',
      reason: { rule: 'roles', text: 'a rule', rows: [] },
    },
    link: {
      ...{ xid, state: 'active', userName: `u${user}`, scimId: `s${user}`, userEid: toEid(eid(user)) },
      ...{ membershipEid: null, password: null, invitedAt: null, suspendedAt: null },
      written: { userName: `u${user}`, profile: {}, networkRole: 'member', memberships: {}, audience: 'email' },
    },
  };
}

/** Also of the network itself: by its membership, and in one unit with this person's other roles. */
function alsoOfNetwork({ seq, change, link }: ChangeToApply): readonly ChangeToApply[] {
  if (change.kind !== 'change_role' || link === null) throw new TypeError('That is no role of somebody.');
  const member = { ...link, membershipEid: toEid(eid(60 + seq)) };
  const own = { seq: 100 + seq, change: { ...change, group: null }, link: member };
  return [own, { seq, change, link: member }];
}

async function outcomesOf(
  network: Network,
  changes: readonly ChangeToApply[],
  units = changes.map((change) => [change] as const) as readonly Unit[],
) {
  const outcomes: Outcome[] = [];
  const parts = applyParts({
    network,
    groups: new Map([
      [groupKey(STORE), toEid(eid(50))],
      [groupKey(BAKERY), toEid(eid(51))],
    ]),
    roles: new Map([['admin', 'admin']]),
    record: (some) => Promise.resolve(void outcomes.push(...some)),
  });
  const error: unknown = await changeRoles(parts, units).catch((thrown: unknown) => thrown);
  return { outcomes: outcomes.map(({ seq, status }) => `${seq} ${status}`), problems: outcomes, error };
}

test('who gets the same role in the same group is looked for in one look', async () => {
  await withNetwork(accepts(1, 2, 3), async (network, server) => {
    const changes = [becomesAdmin(1, STORE), becomesAdmin(3, BAKERY), becomesAdmin(2, STORE)];
    const { outcomes, error } = await outcomesOf(network, changes);
    expect(error).toBeUndefined();
    expect(outcomes).toEqual(['1 done', '3 done', '2 done']);
    expect(looks(server.asked).map(({ search }) => search.get('group'))).toEqual([eid(50), eid(51)]);
  });
});

test('who is accepted and never seen has failed, and nobody else has', async () => {
  await withNetwork(
    accepts(1),
    async (network) => {
      const { outcomes, problems } = await outcomesOf(network, [becomesAdmin(1, STORE), becomesAdmin(2, STORE)]);
      expect(outcomes).toEqual(['1 done', '2 failed']);
      expect(problems[1]?.problem).toContain('does not show it');
    },
    { visibleWithinMs: 60 },
  );
});

test('who is refused has failed, and nobody else has', async () => {
  const refuses: Handler = (asked) =>
    asked.method === 'POST' && userOf(asked) === eid(1)
      ? { status: 400, body: { code: -1, message: 'Invalid Request' } }
      : accepts(2)(asked);
  await withNetwork(refuses, async (network) => {
    const { outcomes } = await outcomesOf(network, [becomesAdmin(1, STORE), becomesAdmin(2, STORE)]);
    expect(outcomes).toEqual(['1 failed', '2 done']);
  });
});

test('what was done before the network refused us is written down, and the rest is not tried', async () => {
  const shutsOut: Handler = (asked) =>
    asked.method === 'POST' && userOf(asked) === eid(2)
      ? { status: 401, body: { code: -2, message: 'No' } }
      : accepts(1, 3)(asked);
  await withNetwork(shutsOut, async (network, server) => {
    const changes = [becomesAdmin(3, STORE), becomesAdmin(2, BAKERY), becomesAdmin(4, BAKERY), becomesAdmin(1, STORE)];
    const { outcomes, error } = await outcomesOf(network, changes);
    expect(outcomes).toEqual(['3 done', '1 done']);
    expect(String(error)).toContain('401');
    expect(server.asked.filter(({ method }) => method === 'POST').map(userOf)).toEqual([eid(3), eid(1), eid(2)]);
  });
});

test('roles in the network that were changed before the network refused us are written down, whatever else their people were to get', async () => {
  const shutsOut: Handler = ({ path, method, ...asked }) => {
    if (path.endsWith('/changeroles')) return { body: { status: 'Changed', data: { failed: [] } } };
    return method === 'POST' && userOf({ path, method, ...asked }) === eid(2)
      ? { status: 403, body: { code: -3, message: 'No' } }
      : accepts(1)({ path, method, ...asked });
  };
  await withNetwork(shutsOut, async (network) => {
    const [one = [], two = [], three = []] = [1, 2, 3].map((user) => alsoOfNetwork(becomesAdmin(user, STORE)));
    const units = [two, three.slice(0, 1), one] as unknown as readonly Unit[];
    const { outcomes, error } = await outcomesOf(network, [], units);
    expect(String(error)).toContain('403');
    expect(outcomes).toEqual(['102 done', '103 done', '101 done']);
  });
});
