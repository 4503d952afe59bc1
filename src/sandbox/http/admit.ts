import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { NetworkState } from '../state/network-state.js';
import { type Accepted, parseAccept } from './accept.js';
import { mediaTypeOf } from './body.js';
import type { Route } from './call.js';
import type { Query } from './query.js';
import { insufficientScope, invalidToken, notAcceptable, wrongContentType } from './refusal.js';
import { VIEW_PARAMETERS, VIEW_PATH_PARAMETERS } from '../rest/view.js';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const SCIM_TYPE = 'application/scim+json';

/** @throws Refusal 401: `Bearer {appEID}_{appSecret}` for REST, the customer's own token for SCIM. */
export function checkToken(state: NetworkState, headers: IncomingHttpHeaders, isScim: boolean): void {
  const { app, scimToken } = state.network;
  const expected = `Bearer ${isScim ? scimToken : `${app.eid}_${app.secret}`}`;
  const sent = requireBearer(headers);
  if (!isSame(sent, expected)) throw invalidToken('the token is not one of this network');
}

/** @throws Refusal 401 when there is no bearer token at all. */
export function requireBearer(headers: IncomingHttpHeaders): string {
  const sent = headers.authorization;
  if (sent === undefined) throw invalidToken('send an Authorization header');
  if (!/^Bearer [^\s]+$/.test(sent)) throw invalidToken('Authorization must be Bearer and one token');
  return sent;
}

/** @throws Refusal 406. */
export function checkAccept(headers: IncomingHttpHeaders, query: Query, isScim: boolean): Accepted {
  if (!isScim) return parseAccept(headers.accept, query.text('v'));
  const types = (headers.accept ?? '*/*').split(',').map((type) => mediaTypeOf(type));
  if (!types.some((type) => type === SCIM_TYPE || type === JSON_TYPE || type === '*/*')) {
    throw notAcceptable(`SCIM answers are ${SCIM_TYPE}`);
  }
  return { layout: 'json', contentType: `${SCIM_TYPE}; charset=utf-8` };
}

/** @throws Refusal 415: JSON for resources, a form for actions, SCIM's own type for SCIM. */
export function checkContentType(route: Route, contentType: string, isScim: boolean): void {
  if (route.body === undefined) return;
  const json = isScim ? SCIM_TYPE : JSON_TYPE;
  const isFine =
    (contentType === json && route.body !== 'form') || (contentType === FORM_TYPE && route.body !== 'json');
  if (!isFine) throw wrongContentType(route.body === 'form' ? FORM_TYPE : json);
}

/** @throws Refusal 400. */
export function checkQuery(route: Route, query: Query, isScim: boolean): void {
  const own = route.query ?? [];
  if (route.view === true) query.allow([...own, ...VIEW_PARAMETERS], VIEW_PATH_PARAMETERS);
  else query.allow(isScim ? own : [...own, 'v'], []);
}

/** @throws Refusal 403. */
export function checkPermission(state: NetworkState, route: Route): void {
  const { permission } = route;
  if (permission !== undefined && !state.network.permissions.includes(permission)) throw insufficientScope(permission);
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
