import { createEffects, newUser, NO_ATTRIBUTES } from '../rules/people.js';
import type { Effect } from '../state/effects.js';
import { BUILT_IN_ROLES, type BuiltInRole, type Network, PERMISSIONS, type Role } from '../state/entities.js';
import { newEid, newSecret } from '../state/ids.js';
import { NetworkState } from '../state/network-state.js';
import type { NetworkInput } from './inputs.js';

/** Small, so that a demo does not wait, but not nothing: a caller that does not read back is found out. */
const VISIBILITY_DELAY_MS = 50;

const ROLE_NAMES: Readonly<Record<BuiltInRole, string>> = {
  admin: 'Administrator',
  member: 'Member',
  invitee: 'Invitee',
  external: 'External',
};

/** The effects of a new network, or of one that takes the place of an old one. */
export function newNetworkEffects(input: NetworkInput, at: string): { network: Network; effects: readonly Effect[] } {
  const network = toNetwork(input, at);
  const effects: Effect[] = [
    { kind: 'network_gone', eid: network.eid },
    { kind: 'network', network },
    ...roles(input).map((role): Effect => ({ kind: 'role', in: network.eid, role })),
    ...administrator(input, network, at),
  ];
  return { network, effects };
}

function toNetwork(input: NetworkInput, at: string): Network {
  const eid = input.eid ?? newEid();
  return {
    eid,
    name: input.name,
    subdomain: input.subdomain ?? `network-${eid.slice(0, 6)}`,
    environment: input.environment ?? 'production',
    created: at,
    app: { eid: input.app?.eid ?? newEid(), secret: input.app?.secret ?? newSecret() },
    scimToken: input.scimToken ?? newSecret(),
    permissions: input.permissions ?? PERMISSIONS,
    requestsPerSecond: input.requestsPerSecond ?? null,
    visibilityDelayMs: input.visibilityDelayMs ?? VISIBILITY_DELAY_MS,
  };
}

function roles(input: NetworkInput): readonly Role[] {
  const builtIn = BUILT_IN_ROLES.map((key) => ({
    eid: newEid(),
    key,
    name: ROLE_NAMES[key],
    permissions: [],
    visibleFrom: 0,
  }));
  const own = (input.roles ?? []).map((role) => ({
    eid: newEid(),
    key: null,
    name: role.name,
    permissions: role.permissions ?? [],
    visibleFrom: 0,
  }));
  return [...builtIn, ...own];
}

/** A network always has somebody who can let the application in. */
function administrator(input: NetworkInput, network: Network, at: string): readonly Effect[] {
  const given = input.administrator ?? {
    givenName: 'First',
    familyName: 'Administrator',
    email: `admin@${network.subdomain}.example`,
  };
  const user = newUser(at, {
    activated: true,
    xid: 'xid' in given ? (given.xid ?? null) : null,
    attributes: { ...NO_ATTRIBUTES, givenName: given.givenName, familyName: given.familyName, email: given.email },
  });
  return createEffects(new NetworkState(network), user, 'admin', null);
}
