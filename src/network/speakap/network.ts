import { networkAnswer, rolesAnswer } from './answers.js';
import { CALLS } from './calls.js';
import type { Client } from './client.js';
import { readAll } from './collection.js';
import { parse } from './parse.js';
import type { NetworkDescription, NetworkRole } from '../network.js';

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
