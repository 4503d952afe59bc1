import { createAccount, findAccount, findAccountsByEmail, setActive, updateAccount } from './accounts.js';
import { Client } from './client.js';
import { createGroup } from './create-group.js';
import { readGroups } from './groups.js';
import { invite } from './invitations.js';
import { awaitGroupRole, setGroupRole } from './group-roles.js';
import { changeNetworkRoles, readGroupMemberships, readNetworkMemberships } from './memberships.js';
import { copyNetwork, describeNetwork, readRoles, removeNetwork } from './network.js';
import { findPeople, join, leave, readPeople, readPerson, readProfile, readProfiles, readStatus } from './people.js';
import { Rehearsal, type SentRequest } from './rehearsal.js';
import { resolve, type SpeakapSettings } from './settings.js';
import type { Network } from '../network.js';

export type { SentRequest } from './rehearsal.js';
export type { Observation, SpeakapSettings } from './settings.js';

/** A Speakap network over HTTP. */
export interface SpeakapNetwork extends Network {
  /** The same network, connections and pace; its calls end with the signal's reason when it is aborted. */
  within(signal: AbortSignal): Network;
  /** Waits for what is under way and ends the connections. */
  close(): Promise<void>;
}

/**
 * Connects to a network by Speakap's REST and SCIM interfaces (`docs/speakap-adapter.md`). Nothing is asked yet. One of
 * these a network and process: its pace and its pauses hold for all who share it.
 * @throws RangeError when a setting makes no sense.
 */
export function createSpeakapNetwork(settings: SpeakapSettings): SpeakapNetwork {
  const client = Client.open(resolve(settings), settings.signal);
  return {
    ...networkOver(client),
    within: (signal) => networkOver(client.within(signal)),
    close: () => client.close(),
  };
}

/** A network that nobody is asked about: what would be sent to it is written down, and answered as if it went well. */
export interface RehearsedNetwork {
  readonly network: Network;
  /** What would have been sent so far, without credentials. */
  readonly sent: readonly SentRequest[];
}

/** @throws RangeError when a setting makes no sense. */
export function rehearseSpeakapNetwork(
  settings: Pick<SpeakapSettings, 'apiBase' | 'networkEid' | 'scimBase'>,
): RehearsedNetwork {
  const rehearsal = new Rehearsal();
  const nobody = { appEid: '', appSecret: '', scimToken: '' };
  const client = Client.open(resolve({ ...settings, ...nobody }), undefined, rehearsal);
  return { network: networkOver(client), sent: rehearsal.sent };
}

function networkOver(client: Client): Network {
  return {
    describe: () => describeNetwork(client),
    copy: (name) => copyNetwork(client, name),
    remove: () => removeNetwork(client),
    groups: () => readGroups(client),
    roles: () => readRoles(client),
    people: () => readPeople(client),
    networkMemberships: () => readNetworkMemberships(client),
    groupMemberships: (group) => readGroupMemberships(client, group),
    person: (user) => readPerson(client, user),
    profile: (user) => readProfile(client, user),
    profiles: (users) => readProfiles(client, users),
    status: (user) => readStatus(client, user),
    findPeople: (xids) => findPeople(client, xids),
    createGroup: (group) => createGroup(client, group),
    findAccount: (userName) => findAccount(client, userName),
    findAccountsByEmail: (email) => findAccountsByEmail(client, email),
    createAccount: (account) => createAccount(client, account),
    updateAccount: (id, account) => updateAccount(client, id, account),
    setActive: (id, userName, active, xid) => setActive(client, id, userName, active, xid),
    join: (user, groups) => join(client, user, groups),
    leave: (user, groups) => leave(client, user, groups),
    changeNetworkRoles: (roles) => changeNetworkRoles(client, roles),
    setGroupRole: (user, group, role) => setGroupRole(client, user, group, role),
    awaitGroupRole: (users, group, role) => awaitGroupRole(client, users, group, role),
    invite: (invitees) => invite(client, invitees),
  };
}
