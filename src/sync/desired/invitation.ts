import type { CompiledMapping } from '../mapping/compile.js';
import { NEEDED } from '../mapping/contradictions.js';
import type { Xid } from '../ids.js';
import type { Audience, Profile } from '../person.js';
import type { Row } from './duplicates.js';

type CompiledInvitation = CompiledMapping['invitations'][number];

/**
 * The first audience that is meant for this person and can reach them: `email` needs an address, `sms` a telephone number,
 * `sso` a UPN. So `email`, `sms`, `letter` in this order is the whole rule for most customers. null when none does.
 */
export function invitationFor(mapping: CompiledMapping, row: Row, profile: Profile): CompiledInvitation | null {
  return mapping.invitations.find((rule) => canReach(rule.audience, profile) && rule.when(row.fields)) ?? null;
}

export function canReach(audience: Audience, profile: Profile): boolean {
  const needed = NEEDED[audience];
  return needed === undefined || profile[needed] !== undefined;
}

/** The XID, unless the invitation says otherwise; empty when the cells it is made of are. */
export function userNameFor(invitation: CompiledInvitation | null, xid: Xid, row: Row): string {
  return invitation?.userName ? invitation.userName(row.fields) : xid;
}

/** What a person without e-mail logs in with for the first time: from the record, or to be drawn when the account is made. */
export function temporaryPasswordFor(
  mapping: CompiledMapping,
  row: Row,
  profile: Profile,
): { readonly kind: 'random' } | { readonly kind: 'fixed'; readonly text: string } | null {
  const invitation = invitationFor(mapping, row, profile);
  if (invitation?.audience !== 'letter') return null;
  const text = invitation.temporaryPassword === 'random' ? '' : invitation.temporaryPassword(row.fields);
  return text === '' ? { kind: 'random' } : { kind: 'fixed', text };
}
