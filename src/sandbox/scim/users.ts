import { parseJson } from '../http/body.js';
import type { Answer, Call, Route } from '../http/call.js';
import { toCount } from '../http/query.js';
import { invalidRequest, notFound, quotaExceeded, taken } from '../http/refusal.js';
import { createEffects, newUser, putUser, restored, suspended, withPassword } from '../rules/people.js';
import { scimAccounts } from '../rules/visibility.js';
import type { User } from '../state/entities.js';
import { newScimId } from '../state/ids.js';
import { attributesOf, isSwitch, scimResource } from './attributes.js';
import { LIST_RESPONSE, type UserBody, userBody } from './schema.js';

export const SCIM_BASE = '/scim/v2';
const MOST_PER_PAGE = 20;

export const scimRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${SCIM_BASE}/Users`, query: ['filter', 'startIndex', 'count'], handle: listAccounts },
  { method: 'POST', pattern: `${SCIM_BASE}/Users`, body: 'json', handle: createAccount },
  { method: 'PUT', pattern: `${SCIM_BASE}/Users/{id}`, body: 'json', handle: replaceAccount },
];

/** Suspended accounts are listed too, with `active: false`: only so can they be found and enabled again. */
function listAccounts(call: Call): Answer {
  const startIndex = toCount(call.query.text('startIndex') ?? '1', 'startIndex', 1, 999_999_999);
  const count = toCount(call.query.text('count') ?? String(MOST_PER_PAGE), 'count', 1, MOST_PER_PAGE);
  const found = accounts(call);
  const page = found.slice(startIndex - 1, startIndex - 1 + count).map((user) => scimResource(user, base(call)));
  return {
    status: 200,
    body: {
      schemas: [LIST_RESPONSE],
      totalResults: found.length,
      startIndex,
      itemsPerPage: page.length,
      Resources: page,
    },
  };
}

function accounts(call: Call): readonly User[] {
  const filter = call.query.text('filter');
  if (filter === undefined) return scimAccounts(call.network);
  const { people, users } = call.network;
  const { attribute, value } = parseFilter(filter);
  const eid = attribute === 'userName' ? people.withUserName(value) : people.withEmail(value);
  const user = eid === undefined ? undefined : users.get(eid);
  return user === undefined || user.scimId === null ? [] : [user];
}

/** The two filters in use: `userName eq "..."` and `emails eq "..."`. */
function parseFilter(filter: string): { readonly attribute: 'userName' | 'emails'; readonly value: string } {
  const match = /^(userName|emails) eq ("(?:[^"\\]|\\.)*")$/.exec(filter);
  if (match === null) throw invalidRequest('the filter is not userName eq "..." or emails eq "..."', 'invalidFilter');
  return { attribute: match[1] === 'emails' ? 'emails' : 'userName', value: unquote(match[2] ?? '""') };
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw invalidRequest('the value of the filter is no JSON text', 'invalidFilter');
  }
}

/** There at once in REST: with an EID, the XID, and the status `inactive`. */
function createAccount(call: Call): Answer {
  const body = parseJson(call.body, userBody);
  const { network } = call;
  const at = call.world.nowIso();
  checkUnique(call, body, attributesOf(body).email, null);
  refuseOneTooMany(call);
  let user = newUser(at, {
    scimId: newScimId(),
    userName: body.userName,
    xid: body.externalId ?? null,
    attributes: attributesOf(body),
    suspendedAt: body.active === false ? at : null,
  });
  if (body.password !== undefined) user = withPassword(user, body.password, true);
  call.commit(createEffects(network, user, 'member', network.network.app.eid));
  const resource = scimResource(user, base(call));
  return { status: 201, body: resource, headers: { location: `${base(call)}/Users/${user.scimId ?? ''}` } };
}

/** Only a network of the development environment has so little room. */
function refuseOneTooMany({ network: { network, users } }: Call): void {
  const most = network.developmentQuota?.accounts ?? null;
  if (network.environment === 'development' && most !== null && users.size >= most) throw quotaExceeded('accounts');
}

/** Update, correlate, enable and disable are all this. */
function replaceAccount(call: Call): Answer {
  const eid = call.network.people.withScimId(call.parameters[0] ?? '');
  const before = eid === undefined ? undefined : call.network.users.get(eid);
  if (before === undefined) throw notFound('account');
  const body = parseJson(call.body, userBody);
  const after = replaced(call, before, body);
  checkUnique(call, body, after.attributes.email, before);
  call.commit([putUser(call.network, after)]);
  return { status: 200, body: scimResource(after, base(call)) };
}

function replaced(call: Call, before: User, body: UserBody): User {
  const at = call.world.nowIso();
  const attributes = isSwitch(body) ? before.attributes : attributesOf(body);
  let after: User = {
    ...before,
    userName: body.userName,
    xid: body.externalId ?? before.xid,
    attributes,
    // A new address makes the pending invitation to the old one void (`speakap-user-sync.md`, 10).
    invitedAt: attributes.email === before.attributes.email ? before.invitedAt : null,
    lastModified: at,
  };
  if (body.password !== undefined) after = withPassword(after, body.password, true);
  if (body.active === true) after = restored(after, at);
  if (body.active === false) after = suspended(call.network, after, at);
  return after;
}

function checkUnique(call: Call, body: UserBody, email: string | null, self: User | null): void {
  const { people } = call.network;
  const isOther = (eid: string | undefined): boolean => eid !== undefined && eid !== self?.eid;
  if (isOther(people.withUserName(body.userName))) throw taken('userName');
  if (body.externalId !== undefined && isOther(people.withXid(body.externalId))) throw taken('externalId');
  if (email !== null && isOther(people.withEmail(email))) throw taken('e-mail address');
}

function base(call: Call): string {
  return `/networks/${call.network.eid}${SCIM_BASE}`;
}
