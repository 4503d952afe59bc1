import { expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.js';
import type { Account, AccountAttributes, Network } from '../../src/network/network.js';
import type { ChangeToApply, Outcome, StoredLink } from '../../src/store/changes.js';
import { toXid } from '../../src/sync/ids.js';
import type { PersonState } from '../../src/sync/person.js';
import { applyParts } from '../support/apply-parts.js';

const XID = toXid('0004711');
const ours: Account = { id: 'one', userName: '0004711', xid: XID, active: false, email: 'ann@people.example' };

/** The account was found gone by an earlier run, which last wrote this address, and is there again. */
async function createAgain(found: Account, wrote: string, wanted: string) {
  const written: AccountAttributes[] = [];
  const network: Partial<Network> = {
    findAccount: () => Promise.resolve(found),
    setActive: () => Promise.resolve(),
    updateAccount: (_, account) => Promise.resolve(void written.push(account)),
  };
  const person: PersonState = {
    ...{ userName: '0004711', profile: { email: wanted }, audience: 'email', networkRole: 'member', memberships: {} },
  };
  const link: StoredLink = {
    ...{ xid: XID, state: 'creating', userName: '0004711', scimId: null, userEid: null, membershipEid: null },
    ...{ password: null, invitedAt: null, suspendedAt: null, written: { ...person, profile: { email: wrote } } },
  };
  const change: ChangeToApply['change'] = {
    ...{ kind: 'create', xid: XID, person },
    reason: { rule: 'active', text: 'is active', rows: [] },
  };
  const outcomes: Outcome[] = [];
  const links: StoredLink[] = [];
  const parts = applyParts({
    network: network as Network,
    record: (some, changed) => Promise.resolve(void [outcomes.push(...some), links.push(...changed)]),
  });
  await applyChanges(parts, [{ seq: 1, change, link }]);
  const [problem] = outcomes.map((outcome) => outcome.problem);
  return [written.map(({ profile }) => profile.email), links.map((each) => each.written.profile.email), problem];
}

test('an address that the sync never wrote to the account is left to the next run, which asks whether somebody logs in with it', async () => {
  const own = { ...ours, email: 'own@mail.example' };
  const [written, kept, note] = await createAgain(own, 'ann@people.example', 'ann@people.example');
  expect([written, kept]).toEqual([['own@mail.example'], ['own@mail.example']]);
  expect(note).toMatch(/was taken over again.*stays for now/);
});

test('an address that the sync wrote, or meant to write when the answer was lost, is replaced', async () => {
  const [written, kept, note] = await createAgain(ours, 'ann@people.example', 'new@people.example');
  expect([written, kept, note]).toEqual([['new@people.example'], ['new@people.example'], null]);
});
