import { invited } from './answers.js';
import { CALLS } from './calls.js';
import type { Client } from './client.js';
import { objectListPairs } from './encoding.js';
import { parse } from './parse.js';
import type { InvitationAnswer, InvitationStatus, Invitee } from '../network.js';

/** `speakap-api.md`, 3. */
const MOST_AT_ONCE = 1_000;
const KNOWN: ReadonlySet<string> = new Set([
  'sent',
  'resend',
  'invitee',
  'member',
  'invalid',
] satisfies InvitationStatus[]);

/**
 * Invites by e-mail or SMS, in one request that is never repeated by itself. Whether somebody was invited is found in the
 * network's memberships (`invitedAt`).
 * @throws RangeError for more than 1,000.
 */
export async function invite(
  client: Client,
  invitees: readonly Invitee[],
): Promise<ReadonlyMap<string, InvitationAnswer>> {
  if (invitees.length === 0) return new Map();
  if (invitees.length > MOST_AT_ONCE) throw new RangeError(`At most ${MOST_AT_ONCE} people can be invited at once.`);
  const call = CALLS.invite;
  const body = { kind: 'form', pairs: objectListPairs('invitees', invitees.map(membersOf)) } as const;
  const { data } = parse(invited, call, await client.ask({ call, body, answering: 'plain' }));
  const byAddress = new Map(Object.entries(data).map(([address, answer]) => [fold(address), answer]));
  return new Map(
    invitees.map(({ address }) => {
      const { status, EID: user = null } = byAddress.get(fold(address)) ?? {};
      return [address, { status: statusOf(status), user }];
    }),
  );
}

/** An empty name is left out: it is optional and would be shown. */
function membersOf({ name, address, by }: Invitee): Record<string, string> {
  return { ...(name !== '' && { name }), [by === 'sms' ? 'telephoneNumber' : 'email']: address };
}

function statusOf(status: string | undefined): InvitationStatus {
  return isKnown(status) ? status : 'unknown';
}

function isKnown(status: string | undefined): status is InvitationStatus {
  return status !== undefined && KNOWN.has(status);
}

/** The network may answer with an address in lower case. */
function fold(address: string): string {
  return address.trim().toLowerCase();
}
