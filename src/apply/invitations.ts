import type { InvitationStatus, Invitee } from '../network/network.js';
import type { StoredLink } from '../store/changes.js';
import {
  applyUnits,
  changesOf,
  done,
  failed,
  linkAfter,
  skipped,
  type ApplyParts,
  type Unit,
  type UnitResult,
} from './batch.js';

/** What each answer means to a person; null: invited. Somebody already invited or already a member gets nothing again. */
const PROBLEMS: Readonly<Record<InvitationStatus, string | null>> = {
  sent: null,
  resend: null,
  invitee: null,
  member: null,
  invalid: 'The network calls the address invalid, so no invitation was sent. Mend it in the HR system.',
  unknown: 'The network did not say whether it sent the invitation. It is asked again by the next run.',
};

/**
 * Invites a batch of people: e-mail and SMS in one call, repeated safely because nobody already invited is written to again.
 * People who get a letter or log in by SSO need no call: their account is what they were waiting for.
 */
export async function inviteAll(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  const invitees = units.flatMap((unit) => inviteeOf(unit) ?? []);
  const answers = invitees.length === 0 ? new Map<string, InvitationStatus>() : await parts.network.invite(invitees);
  await applyUnits(parts, units, async (_, unit) => toResult(unit, answers));
}

function inviteeOf(unit: Unit): Invitee | null {
  const { link } = unit[0];
  const audience = changesOf(unit, 'invite')[0]?.change.audience;
  if (link === null || link.userEid === null || (audience !== 'email' && audience !== 'sms')) return null;
  const { givenName, infix, familyName, email, telephoneNumber } = link.written.profile;
  const address = audience === 'email' ? email : telephoneNumber;
  const name = [givenName, infix, familyName].filter((part) => part !== undefined).join(' ');
  return address === undefined ? null : { name, address, by: audience };
}

function toResult(unit: Unit, answers: ReadonlyMap<string, InvitationStatus>): UnitResult {
  const { link } = unit[0];
  if (link === null || link.userEid === null)
    return skipped(unit, 'The person has no account yet, so nobody was invited.');
  const audience = changesOf(unit, 'invite')[0]?.change.audience;
  if (audience !== 'email' && audience !== 'sms') return done(unit, invited(link, unit));
  const invitee = inviteeOf(unit);
  if (invitee === null)
    return failed(unit, `There is no address to invite this person by ${audience}. Mend the record.`);
  const problem = PROBLEMS[answers.get(invitee.address) ?? 'unknown'];
  return problem === null ? done(unit, invited(link, unit)) : failed(unit, problem);
}

function invited(link: StoredLink, unit: Unit): StoredLink {
  return linkAfter(
    link,
    changesOf(unit, 'invite').map(({ change }) => change),
  );
}
