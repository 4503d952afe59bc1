import type { Audience } from '../../sync/person.js';
import { filledShare, type ColumnProfile } from '../profile/profile.js';
import { says, type Described } from './described.js';
import { percent } from './fits.js';
import { decide, decisionOn, isTaken, type Decision } from './proposal.js';

/** Who is invited how: by e-mail where there is an address, by SMS where there is a mobile number, else by a letter. */
export function proposeInvitations(fields: readonly Decision[], described: readonly Described[]): Decision {
  const email = columnOf('email', fields, described);
  const phone = columnOf('telephoneNumber', fields, described);
  const reachedByMail = email ? filledShare(email.column) : 0;
  const isMobile = phone !== null && says(phone, 'MOBILE');
  const audiences: readonly Audience[] = [
    ...(email ? (['email'] as const) : []),
    ...(isMobile && reachedByMail < 1 ? (['sms'] as const) : []),
    'letter',
  ];
  return decide('invitations', {
    choice: { kind: 'audiences', audiences },
    confidence: 0.75,
    reason: reason(email, isMobile),
  });
}

function reason(email: Described | null, isMobile: boolean): string {
  if (email === null)
    return isMobile
      ? 'No column holds e-mail addresses; who has a mobile number gets a text message, everybody else a letter.'
      : 'No column holds e-mail addresses, so everybody gets a letter.';
  const share = filledShare(email.column);
  if (share === 1) return 'Everybody in the file has an e-mail address; a letter is for those who will have none.';
  return `${percent(share)} of the rows have an e-mail address; the others get ${isMobile ? 'a text message, or else a letter' : 'a letter'}.`;
}

function columnOf(
  target: 'email' | 'telephoneNumber',
  fields: readonly Decision[],
  described: readonly Described[],
): Described | null {
  const decision = decisionOn({ decisions: fields }, target);
  if (!isTaken(decision) || decision.choice.kind !== 'column') return null;
  const { column: name } = decision.choice;
  return described.find(({ column }) => column.name === name) ?? null;
}

/** The profile of a decision's column; null when it has none. */
export function profileOf(decision: Decision, described: readonly Described[]): ColumnProfile | null {
  const { choice } = decision;
  if (choice.kind !== 'column') return null;
  return described.find(({ column }) => column.name === choice.column)?.column ?? null;
}
