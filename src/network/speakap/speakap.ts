import { createAccount, findAccount, setActive, updateAccount } from './accounts.js';
import { Client } from './client.js';
import { createGroup } from './create-group.js';
import { readGroups } from './groups.js';
import { invite } from './invitations.js';
import { changeNetworkRoles, readGroupMemberships, readNetworkMemberships, setGroupRole } from './memberships.js';
import { describeNetwork, readRoles } from './network.js';
import { findPeople, join, leave, readPeople, readPerson, readProfile, readStatus } from './people.js';
import { resolve, type SpeakapSettings } from './settings.js';
import type { Network } from '../network.js';

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

function networkOver(client: Client): Network {
  return {
    describe: () => describeNetwork(client),
    groups: () => readGroups(client),
    roles: () => readRoles(client),
    people: () => readPeople(client),
    networkMemberships: () => readNetworkMemberships(client),
    groupMemberships: (group) => readGroupMemberships(client, group),
    person: (user) => readPerson(client, user),
    profile: (user) => readProfile(client, user),
    status: (user) => readStatus(client, user),
    findPeople: (xids) => findPeople(client, xids),
    createGroup: (group) => createGroup(client, group),
    findAccount: (userName) => findAccount(client, userName),
    createAccount: (account) => createAccount(client, account),
    updateAccount: (id, account) => updateAccount(client, id, account),
    setActive: (id, userName, active) => setActive(client, id, userName, active),
    join: (user, groups) => join(client, user, groups),
    leave: (user, groups) => leave(client, user, groups),
    changeNetworkRoles: (roles) => changeNetworkRoles(client, roles),
    setGroupRole: (user, group, role) => setGroupRole(client, user, group, role),
    invite: (invitees) => invite(client, invitees),
  };
}
