import { copyAnswer, networkAnswer, rolesAnswer } from './answers.js';
import { CALLS } from './calls.js';
import type { Client } from './client.js';
import { readAll } from './collection.js';
import { parse } from './parse.js';
import { NotFound } from '../errors.js';
import type { NetworkDescription, NetworkRole } from '../network.js';
import type { Eid } from '../../sync/ids.js';

/** What the network says of itself. `environment` is assumed. */
export async function describeNetwork(client: Client): Promise<NetworkDescription> {
  const call = CALLS.describe;
  const answer = parse(networkAnswer, call, await client.ask({ call, answering: 'plain' }));
  const { EID, name, subdomain, environment } = answer;
  return { eid: EID, name, subdomain: subdomain ?? null, environment };
}

export async function readRoles(client: Client): Promise<readonly NetworkRole[]> {
  const schema = rolesAnswer.transform(({ roles }) => roles);
  const roles = await readAll(client, { call: CALLS.roles, query: [], answering: 'plain', schema });
  return roles.map(({ EID, key, name }) => ({ eid: EID, key: key ?? null, name }));
}

/** Assumed. A lost answer leaves a copy that nobody knows the EID of: it is not asked for twice. */
export async function copyNetwork(client: Client, name: string): Promise<Eid> {
  const body = { kind: 'json', value: { name, environment: 'development' } } as const;
  return parse(copyAnswer, CALLS.copy, await client.ask({ call: CALLS.copy, body, answering: 'plain' })).EID;
}

/** Assumed. One that is gone already is no mistake. */
export async function removeNetwork(client: Client): Promise<void> {
  try {
    await client.ask({ call: CALLS.remove, answering: 'plain' });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}
