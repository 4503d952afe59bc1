import type { Profile } from '../sync/person.js';
import type { Rules } from './rules.js';
import type { Expectation, ExpectedInvitation, ExpectedPerson, Judgement } from './state.js';

/** What becomes of one person: what the mapping says today, on top of what was there before. */
export function settle(
  rules: Rules,
  xid: string,
  judgement: Judgement,
  before: Expectation | null,
  isActivated: boolean,
): Expectation {
  const nobody = { account: 'absent', person: null, invitations: [], isTold: false } as const;
  const { account, person, invitations, isTold } = before ?? nobody;
  const base = { xid, rows: judgement.rows, account, person, invitations, isTold, invitedNow: 0, absence: null };
  if (judgement.kind === 'in') return arrive(rules, base, judgement.person, isActivated);
  const { rule, why } = judgement;
  if (judgement.kind === 'unchanged') return { ...base, event: 'unchanged', rule, why };
  if (judgement.kind === 'groupless') {
    const isLeaving = account === 'active' && person !== null && person.groups.size > 0;
    if (!isLeaving) return { ...base, event: account === 'absent' ? 'absent' : 'unchanged', rule, why };
    return { ...base, person: { ...person, groups: new Map() }, event: 'kept', rule, why };
  }
  if (account === 'active') return { ...base, account: 'suspended', event: 'suspended', rule, why };
  return { ...base, event: account === 'absent' ? 'absent' : 'unchanged', rule, why };
}

type Base = Omit<Expectation, 'event' | 'rule' | 'why'>;

function arrive(rules: Rules, base: Base, today: ExpectedPerson, isActivated: boolean): Expectation {
  const before = base.person;
  const profile = before === null ? today.profile : written(rules, before, today, isActivated);
  const person = { ...today, profile };
  const isNew = isToBeInvited(base, person, isActivated);
  // Who was invited in one way stays so until an invitation goes in another.
  const audience = before !== null && !isNew ? before.audience : today.audience;
  const invitation = isNew ? invitationOf(person) : null;
  return {
    ...base,
    account: 'active',
    event: base.account === 'absent' ? 'created' : base.account === 'suspended' ? 'restored' : 'kept',
    rule: 'active',
    why: 'a row is active',
    person: { ...person, audience },
    invitations: invitation === null ? base.invitations : [...base.invitations, invitation],
    invitedNow: invitation === null ? 0 : 1,
    // An invitation that went to the old address, or that a suspension cancelled, is gone.
    isTold: invitation !== null || (isActivated ? base.isTold : isStillTold(base) && !isReaddressed(base, person)),
  };
}

/** `once` stays as it was filled in; the login of somebody who activated the account without single sign-on is their own. */
function written(rules: Rules, before: ExpectedPerson, today: ExpectedPerson, isActivated: boolean): Profile {
  const stays = new Set(rules.profile.filter(({ write }) => write === 'once').map(({ field }) => field));
  if (isActivated && before.audience.value !== 'sso') stays.add('email');
  const fields = rules.profile.map(({ field }) => [field, (stays.has(field) ? before : today).profile[field]] as const);
  return Object.fromEntries(fields.filter(([, text]) => text !== undefined));
}

/**
 * Once. Again for somebody who returns without having activated the account, since the suspension cancelled an invitation by e-mail
 * or SMS; and at a new e-mail address of somebody who did not activate it. A letter stays good for who is to get one.
 */
function isToBeInvited(base: Base, { audience, profile }: ExpectedPerson, isActivated: boolean): boolean {
  if (audience.value === 'sso' || audience.value === 'none') return false;
  if (!base.isTold) return true;
  if (isActivated) return false;
  if (!isStillTold(base)) return true;
  if (base.account === 'suspended' && audience.value !== 'letter') return true;
  return isReaddressed(base, { profile });
}

/** Suspending cancels every invitation but a letter. */
function isStillTold({ isTold, account, person }: Base): boolean {
  return isTold && (account !== 'suspended' || person?.audience.value === 'letter');
}

/** Somebody who was invited by e-mail has another address. */
function isReaddressed({ person: before }: Base, { profile }: Pick<ExpectedPerson, 'profile'>): boolean {
  return before?.audience.value === 'email' && profile.email !== undefined && profile.email !== before.profile.email;
}

function invitationOf({ audience: { value: by, rule }, profile }: ExpectedPerson): ExpectedInvitation | null {
  if (by === 'email') return { by, rule, address: profile.email ?? '' };
  if (by === 'sms') return { by, rule, address: profile.telephoneNumber ?? '' };
  return by === 'letter' ? { by, rule, address: null } : null;
}
