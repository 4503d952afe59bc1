import type { FoundInvitation } from '../found.js';
import type { Expectation, ExpectedInvitation, Expectations } from '../state.js';
import { differs } from './ours.js';
import type { Difference, TestDay } from './result.js';

/** Compares who was told how to log in: those who should be, each once for each reason, at their own address, and nobody else. */
export function invitationDifferences({ expected, found, previous }: TestDay): readonly Difference[] {
  const sentTo = new Map<string, FoundInvitation[]>();
  for (const sent of found.sent) {
    const key = sent.xid ?? '';
    const others = sentTo.get(key);
    if (others === undefined) sentTo.set(key, [sent]);
    else others.push(sent);
  }
  const owners = ownersOf(expected);
  const differences: Difference[] = [];
  for (const expectation of expected.values()) {
    const sent = sentTo.get(expectation.xid) ?? [];
    differences.push(...compare(expectation, sent, owners, previous?.get(expectation.xid)));
  }
  const nobody = [...sentTo].filter(([xid]) => !expected.has(xid)).flatMap(([, sent]) => sent);
  return [...differences, ...nobody.map((sent) => toNobody(sent, owners))];
}

function compare(
  expectation: Expectation,
  sent: readonly FoundInvitation[],
  owners: ReadonlyMap<string, string>,
  before: Expectation | undefined,
): readonly Difference[] {
  const rule = ruleOf(expectation);
  const often = sent.filter(({ times }) => times === null);
  const left = sent.flatMap((each) => Array.from({ length: each.times ?? 0 }, () => each));
  const missing: ExpectedInvitation[] = [];
  const count = expectation.invitations.length;
  for (const invitation of expectation.invitations) {
    if (often.some((each) => isSame(each, invitation))) continue;
    const at = left.findIndex((each) => isSame(each, invitation));
    if (at === -1) missing.push(invitation);
    else left.splice(at, 1);
  }
  left.push(...often.filter((each) => !expectation.invitations.some((invitation) => isSame(each, invitation))));
  const reason =
    count > 0 ? timesWords(count, expectation.invitations.at(-1)?.by) : `none, since ${whyNone(expectation)}`;
  const differences: Difference[] = [];
  for (const invitation of missing) {
    const wrong = left.shift();
    const found = wrong === undefined ? 'not sent' : wrongWords(wrong, invitation, owners);
    differences.push(
      differs(expectation, { rule: invitation.rule, what: 'invitation', expected: wayWords(invitation), found }),
    );
  }
  if (left.length > 0) {
    const found = `${timesWords(left.length + count - missing.length, left[0]?.by)}${before ? ', counted from the activation' : ''}`;
    differences.push(differs(expectation, { rule, what: 'invitation', expected: reason, found }));
  }
  return differences;
}

function toNobody(sent: FoundInvitation, owners: ReadonlyMap<string, string>): Difference {
  return {
    person: sent.xid ?? 'an account without XID',
    ...{ rule: 'invitations', what: 'invitation', rows: [] },
    expected: 'none: no row is about this account',
    found: `sent${wayOf(sent.by)}${ownerWords(sent, owners)}`,
  };
}

function ruleOf({ invitations, person, rule }: Expectation): string {
  return invitations.at(-1)?.rule ?? person?.audience.rule ?? rule;
}

function whyNone({ person, why }: Expectation): string {
  if (person?.audience.value === 'sso') return 'the person logs in by single sign-on';
  return person?.audience.value === 'none' ? 'nobody is to tell this person' : why;
}

function isSame(sent: FoundInvitation, expected: ExpectedInvitation): boolean {
  const isSameWay = sent.by === null ? expected.by !== 'letter' : sent.by === expected.by;
  return isSameWay && (sent.address === null || plain(sent.address) === plain(expected.address ?? ''));
}

function wrongWords(sent: FoundInvitation, expected: ExpectedInvitation, owners: ReadonlyMap<string, string>): string {
  if (sent.by !== null && sent.by !== expected.by) return `sent${wayOf(sent.by)}`;
  return `sent to another address${ownerWords(sent, owners)}`;
}

function ownerWords({ address, xid }: FoundInvitation, owners: ReadonlyMap<string, string>): string {
  const owner = address === null ? undefined : owners.get(plain(address));
  return owner === undefined || owner === xid ? '' : `, that of ${owner}`;
}

/** Whose address it is. */
function ownersOf(expected: Expectations): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { xid, person } of expected.values()) {
    for (const address of [person?.profile.email, person?.profile.telephoneNumber]) {
      if (address !== undefined) owners.set(plain(address), xid);
    }
  }
  return owners;
}

const BY = { email: 'by e-mail', sms: 'by SMS', letter: 'by letter' } as const;

function wayWords({ by }: ExpectedInvitation): string {
  return `one ${BY[by]}${by === 'letter' ? '' : ', to the address of the record'}`;
}

function timesWords(times: number, by: FoundInvitation['by'] | undefined): string {
  return times === 1 ? `one${wayOf(by ?? null)}` : `${times} times${wayOf(by ?? null)}`;
}

function wayOf(by: FoundInvitation['by']): string {
  return by === null ? '' : ` ${BY[by]}`;
}

function plain(address: string): string {
  return address.includes('@') ? address.toLowerCase() : address.replace(/[^\d+]/g, '');
}
