import { APPROVERS, missingApprovals } from '../acts/agreements.js';
import type { Deliverable } from '../deliverables.js';
import type { Subject } from '../messages.js';
import { agreementAbout } from '../health.js';
import type { Approval, ContactRef, OnboardingState } from '../state.js';
import { inLine, linkTo, send } from './lines.js';

/** How an item that both sides approve is brought on: proposed, approved, or sent again. */
export function howToAgree(
  state: OnboardingState,
  { id }: Deliverable,
  staff: string,
  namespace: string,
): readonly string[] {
  const subject = agreementAbout(id);
  if (subject === 'groups' || subject === 'release') return howToApproveOwn(state, subject, id);
  const { status, iteration } = state.mapping;
  if (status !== 'open') return howToPropose(state, staff);
  const version = state.mapping.version ?? 0;
  const concept = linkTo(`onboarding/${state.customer}/mapping/${iteration}`, namespace);
  return [
    `Concept ${iteration}, made from version ${version}, with ${commentWords(state)}: ${concept}`,
    ...howToApprove(state, { subject: 'mapping', version, approvals: state.mapping.approvals }),
    newCodes(state, id),
  ];
}

function commentWords({ mapping: { comments } }: OnboardingState): string {
  if (comments === 0) return 'no comments yet';
  return comments === 1 ? '1 comment so far' : `${comments} comments so far`;
}

function howToApproveOwn(state: OnboardingState, subject: 'groups' | 'release', id: string): readonly string[] {
  const { version, approvals, status, words } = state[subject];
  if (status !== 'open') return ['The system is at work on it'];
  return [
    ...(words === null ? [] : [inLine(words, 600)]),
    ...howToApprove(state, { subject, version, approvals }),
    newCodes(state, id),
  ];
}

function newCodes({ manager }: OnboardingState, item: string): string {
  return `For new codes, when one is lost or too old, ${send('retry', { item, by: manager })}`;
}

function howToPropose({ mapping, customer }: OnboardingState, by: string): readonly string[] {
  const version = Math.max(mapping.drafted ?? 1, (mapping.version ?? 0) + 1);
  return [
    `To send version ${version} to the customer, ${send('propose', { version, by })}`,
    `To read or change it first: \`usersync mapping show ${customer}\``,
  ];
}

interface Open {
  readonly subject: Subject;
  readonly version: number;
  readonly approvals: readonly Approval[];
}

/** A value for each approval that is still missing. */
export function howToApprove(state: Pick<OnboardingState, 'contacts' | 'manager'>, open: Open): readonly string[] {
  const { subject, version, approvals } = open;
  const { manager } = state;
  return [
    `Still to approve: **${missingApprovals(subject, approvals)}**. Each gives the code that was mailed to them`,
    ...missingApprovers(state, open).map(({ id, side, role }) => {
      const actor = side === 'customer' ? { by: id, recordedBy: manager } : { by: id };
      return `For ${inLine(role)} (${id}), ${send('approve', { subject, version, ...actor, code: 'as mailed' })}`;
    }),
  ];
}

/** As many of each side as are still needed, in the order in which they were named. */
function missingApprovers(
  { contacts }: Pick<OnboardingState, 'contacts'>,
  { subject, approvals }: Open,
): readonly ContactRef[] {
  return (['customer', 'speakap'] as const).flatMap((side) => {
    const given = approvals.filter((approval) => approval.side === side).length;
    const may = contacts.filter(
      ({ id, side: of, approves }) => of === side && approves && !approvals.some(({ by }) => by === id),
    );
    return may.slice(0, Math.max(0, APPROVERS[subject][side] - given));
  });
}
