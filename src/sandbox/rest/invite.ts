import type { Answer, Call, Route } from '../http/call.js';
import { formRows } from '../http/form.js';
import { invalidRequest, notForApplications } from '../http/refusal.js';
import { isEmail, isTelephoneNumber } from '../rules/address.js';
import { createEffects, newUser, NO_ATTRIBUTES, putUser, restored } from '../rules/people.js';
import { putMembership } from '../rules/memberships.js';
import type { Effect } from '../state/effects.js';
import type { Eid, Invitation, User } from '../state/entities.js';

const MOST_INVITEES = 1000;

export const inviteRoutes: readonly Route[] = [
  { method: 'POST', pattern: '/invite', permission: 'invite_users', body: 'form', handle: invite },
];

interface Invitee {
  readonly address: string;
  readonly by: Invitation['by'];
  readonly name: string | null;
}

interface Outcome {
  readonly status: 'sent' | 'invitee' | 'member' | 'invalid';
  readonly EID?: Eid;
}

/** Answers by address. Nobody is told twice, also when one call names an address or a person twice. */
function invite(call: Call): Answer {
  const data = new Map<string, Outcome>();
  const effects: Effect[] = [];
  const told = new Told();
  for (const invitee of parseInvitees(call)) {
    if (data.has(invitee.address)) continue;
    const already = told.find(call, invitee);
    const [outcome, made] = already === undefined ? inviteOne(call, invitee) : [already, []];
    told.remember(invitee, outcome);
    data.set(invitee.address, outcome);
    effects.push(...made);
  }
  call.commit(effects);
  const ETC = call.world.nowIso();
  return { status: 202, body: { ETC, status: 'Network invitations scheduled', data: Object.fromEntries(data) } };
}

/** Whom this call has told already: the state does not know it before the call is complete. */
class Told {
  readonly #people = new Set<Eid>();
  readonly #addresses = new Map<string, Outcome>();

  find(call: Call, invitee: Invitee): Outcome | undefined {
    const person = addressee(call, invitee)?.eid;
    if (person !== undefined && this.#people.has(person)) return { status: 'invitee', EID: person };
    return this.#addresses.get(invitee.address.toLowerCase());
  }

  remember(invitee: Invitee, outcome: Outcome): void {
    if (outcome.status !== 'sent' || outcome.EID === undefined) return;
    this.#people.add(outcome.EID);
    this.#addresses.set(invitee.address.toLowerCase(), { status: 'invitee', EID: outcome.EID });
  }
}

function parseInvitees(call: Call): readonly Invitee[] {
  const rest = call.form.filter(([name]) => {
    if (name === 'resend' || name === 'message') throw notForApplications(`${name} is for Speakap's own frontend only`);
    return true;
  });
  const rows = formRows(rest, 'invitees', ['name', 'email', 'telephoneNumber']);
  if (rows.length < 1 || rows.length > MOST_INVITEES) throw invalidRequest(`invitees must be 1 to ${MOST_INVITEES}`);
  return rows.map((row) => {
    const email = row.get('email');
    const phone = row.get('telephoneNumber');
    if ((email === undefined) === (phone === undefined)) {
      throw invalidRequest('an invitee has either email or telephoneNumber');
    }
    return { address: email ?? phone ?? '', by: email === undefined ? 'sms' : 'email', name: row.get('name') ?? null };
  });
}

function inviteOne(call: Call, invitee: Invitee): readonly [Outcome, readonly Effect[]] {
  if (!isAddress(invitee)) return [{ status: 'invalid' }, []];
  const user = addressee(call, invitee);
  if (user === undefined) return sendToStranger(call, invitee);
  if (user.suspendedAt === null) {
    if (user.activated) return [{ status: 'member', EID: user.eid }, []];
    if (user.invitedAt !== null) return [{ status: 'invitee', EID: user.eid }, []];
  }
  return sendTo(call, user, invitee);
}

function addressee(call: Call, invitee: Invitee): User | undefined {
  const { people, users } = call.network;
  const eid = invitee.by === 'email' ? people.withEmail(invitee.address) : people.withPhone(invitee.address);
  return eid === undefined ? undefined : users.get(eid);
}

/** Also the way back within 30 days: inviting the address of a suspended person reactivates the account. */
function sendTo(call: Call, user: User, invitee: Invitee): readonly [Outcome, readonly Effect[]] {
  const { network } = call;
  const at = call.world.nowIso();
  const membership = network.members.of(user.eid, null);
  const effects = [putUser(network, { ...restored(user, at), invitedAt: at }), sending(call, user, invitee, at)];
  if (membership !== undefined) effects.push(putMembership(network, { ...membership, invitedAt: at }, at));
  return [{ status: 'sent', EID: user.eid }, effects];
}

function sendToStranger(call: Call, invitee: Invitee): readonly [Outcome, readonly Effect[]] {
  const at = call.world.nowIso();
  const [givenName = '', ...rest] = (invitee.name ?? '').trim().split(/\s+/);
  const byPhone = [{ label: 'mobile', value: invitee.address }];
  const user = newUser(at, {
    invitedAt: at,
    attributes: {
      ...NO_ATTRIBUTES,
      givenName,
      familyName: rest.join(' '),
      email: invitee.by === 'email' ? invitee.address : null,
      phones: invitee.by === 'sms' ? byPhone : [],
    },
  });
  const effects = [...createEffects(call.network, user, 'invitee', null), sending(call, user, invitee, at)];
  return [{ status: 'sent', EID: user.eid }, effects];
}

function sending(call: Call, user: User, invitee: Invitee, at: string): Effect {
  return {
    kind: 'invitation',
    in: call.network.eid,
    invitation: { user: user.eid, address: invitee.address, by: invitee.by, at },
  };
}

function isAddress(invitee: Invitee): boolean {
  return invitee.by === 'sms' ? isTelephoneNumber(invitee.address) : isEmail(invitee.address);
}
