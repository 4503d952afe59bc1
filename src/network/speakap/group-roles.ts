import { feedback } from './answers.js';
import { CALLS } from './calls.js';
import type { Client } from './client.js';
import { readHolders } from './memberships.js';
import { parseIfAny } from './parse.js';
import { isPending, lookUntil } from './settle.js';
import type { Eid } from '../../sync/ids.js';
import type { RoleRef } from '../network.js';

/** Makes the membership, or gives it another role. Members beyond `rev` and `role` are assumed. */
export async function setGroupRole(client: Client, user: Eid, group: Eid, role: RoleRef): Promise<'done' | 'accepted'> {
  const call = CALLS.setGroupRole;
  const value = {
    rev: 'group',
    role: isBuiltIn(role) ? { key: role } : { EID: role },
    user: { EID: user, type: 'user' },
    group: { EID: group, type: 'group' },
  };
  const answer = await client.ask({ call, body: { kind: 'json', value }, answering: 'plain' });
  return isPending(answer, parseIfAny(feedback, call, answer)) ? 'accepted' : 'done';
}

/** One look shows all who are waited for. */
export async function awaitGroupRole(
  client: Client,
  users: ReadonlySet<Eid>,
  group: Eid,
  role: RoleRef,
): Promise<ReadonlySet<Eid>> {
  const unseen = new Set(users);
  if (unseen.size > 0) await lookUntil(client, () => takeOut(client, unseen, group, role));
  return unseen;
}

/** Whoever has the role is taken out; answers whether nobody is left. */
async function takeOut(client: Client, unseen: Set<Eid>, group: Eid, role: RoleRef): Promise<boolean> {
  for await (const page of readHolders(client, group, role)) {
    for (const { user } of page) unseen.delete(user);
    if (unseen.size === 0) return true;
  }
  return false;
}

function isBuiltIn(role: RoleRef): boolean {
  return role === 'admin' || role === 'member';
}
