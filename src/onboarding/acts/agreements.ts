import { deedOf, note, type Occasion } from '../events.js';
import type { Approve, Comment, Propose, Reject, Subject } from '../messages.js';
import type { Side } from '../schedule/types.js';
import {
  addProblem,
  isSettled,
  itemOf,
  type Agreement,
  type Approval,
  type MappingState,
  type OnboardingState,
} from '../state.js';
import { deliverablesFor, GO_LIVE } from '../deliverables.js';
import { contactOf, objectionToSide } from './people.js';

/** How many contacts of each side have to approve; two at Speakap are the four eyes (timeline, week 2). */
export const APPROVERS: Readonly<Record<Subject, Readonly<Record<Side, number>>>> = {
  groups: { customer: 1, speakap: 1 },
  mapping: { customer: 1, speakap: 2 },
  release: { customer: 1, speakap: 1 },
};

/** What an approval is checked against, whoever keeps it: the onboarding, or a mapping iteration. */
export interface OpenAgreement {
  readonly subject: Subject;
  readonly version: number;
  readonly isOpen: boolean;
  readonly approvals: readonly Approval[];
}

type Contacts = Pick<OnboardingState, 'contacts'>;

/** Why this cannot be approved now, or null. The code is checked by whoever knows it. */
export function objectionToApproval(state: Contacts, agreement: OpenAgreement, message: Approve): string | null {
  const contact = state.contacts.find(({ id }) => id === message.by);
  const objection = objectionToVersion(agreement, message.version);
  if (objection !== null || contact === undefined) return objection;
  if (contact.side === 'speakap' && message.recordedBy !== undefined) {
    return 'An approval of Speakap is given by the person who approves, and not written down by another one.';
  }
  if (!contact.approves) return `"${contact.id}" (${contact.role}) may not approve for the side of ${contact.side}.`;
  if (agreement.approvals.some(({ by }) => by === contact.id)) {
    return `"${contact.id}" has approved version ${agreement.version} already; four eyes are two people.`;
  }
  const wanted = APPROVERS[agreement.subject][contact.side];
  const given = agreement.approvals.filter(({ side }) => side === contact.side).length;
  return given < wanted ? null : `The side of ${contact.side} has approved already; nobody else of it is needed.`;
}

export function objectionToVersion({ subject, version, isOpen }: OpenAgreement, asked: number): string | null {
  if (version === 0) return `There is nothing of "${subject}" to decide about yet.`;
  if (asked < version)
    return `Version ${asked} of "${subject}" is not open any more: the latest is version ${version}.`;
  if (asked > version) return `There is no version ${asked} of "${subject}": the latest is version ${version}.`;
  return isOpen ? null : `Version ${version} of "${subject}" is decided about already.`;
}

export function isApproved(subject: Subject, approvals: readonly Approval[]): boolean {
  const wanted = APPROVERS[subject];
  return (['customer', 'speakap'] as const).every(
    (side) => approvals.filter((approval) => approval.side === side).length >= wanted[side],
  );
}

/** Whose approval is still missing, in words: `1 of the customer, 2 of Speakap`. */
export function missingApprovals(subject: Subject, approvals: readonly Approval[]): string {
  const missing = (['customer', 'speakap'] as const).flatMap((side) => {
    const open = APPROVERS[subject][side] - approvals.filter((approval) => approval.side === side).length;
    return open <= 0 ? [] : [`${open} of ${side === 'customer' ? 'the customer' : 'Speakap'}`];
  });
  return missing.join(', ');
}

/** What the onboarding itself keeps: the groups, and the release. */
export function agreementOf(state: OnboardingState, subject: Subject): OpenAgreement {
  if (subject === 'mapping') return mappingAgreement(state.mapping);
  const { version, status, approvals } = state[subject];
  return { subject, version, isOpen: status === 'open', approvals };
}

/** Concepts are known by the version of the mapping that they are made from. */
function mappingAgreement({ version, status, approvals }: MappingState): OpenAgreement {
  return { subject: 'mapping', version: version ?? 0, isOpen: status === 'open', approvals };
}

/** Opens the next version of an agreement. What was approved of an earlier one does not count for it. */
export function openAgreement(agreement: Agreement, words: string, runId: number | null = null): number {
  agreement.version += 1;
  agreement.status = 'open';
  agreement.approvals = [];
  agreement.words = words;
  agreement.runId = runId;
  return agreement.version;
}

export function takeApproval(state: OnboardingState, message: Approve, occasion: Occasion): string {
  const side = contactOf(state, message.by)?.side ?? 'customer';
  const approvals = message.subject === 'mapping' ? state.mapping.approvals : state[message.subject].approvals;
  const { by, at, recordedBy } = deedOf(message, occasion);
  approvals.push({ by, side, at, recordedBy });
  note(state, message, occasion, { what: 'approved', about: `${message.subject}/${message.version}` });
  if (!isApproved(message.subject, approvals)) {
    return `Approved by ${message.by}. Still needed: ${missingApprovals(message.subject, approvals)}.`;
  }
  if (message.subject !== 'mapping') state[message.subject].status = 'approved';
  return `Approved by both sides: "${message.subject}", version ${message.version}.`;
}

export function objectionToReject(state: OnboardingState, message: Reject): string | null {
  return objectionToRejection(state, agreementOf(state, message.subject), message);
}

/** Whoever may approve may reject; it needs no code, since it commits nobody to anything. */
export function objectionToRejection(state: Contacts, agreement: OpenAgreement, message: Reject): string | null {
  const contact = state.contacts.find(({ id }) => id === message.by);
  if (contact?.approves === false)
    return `"${contact.id}" (${contact.role}) may not decide for the side of ${contact.side}.`;
  return objectionToVersion(agreement, message.version);
}

/** A refused version is closed; the next one needs all approvals anew. */
export function takeReject(state: OnboardingState, message: Reject, occasion: Occasion): string {
  if (message.subject === 'mapping') state.mapping.status = 'changes requested';
  else refuseVersion(state, message.subject, message);
  note(state, message, occasion, {
    what: 'rejected',
    about: `${message.subject}/${message.version}`,
    text: message.reason,
  });
  return `Rejected: "${message.subject}", version ${message.version}. The next version needs all approvals anew.`;
}

/** The same is not proposed again before somebody has changed something. */
function refuseVersion(state: OnboardingState, subject: 'groups' | 'release', { by, reason }: Reject): void {
  state[subject].status = 'none';
  const [about, wayOut] =
    subject === 'groups'
      ? ['groups', 'Reopen "structure-overview" and have a new overview handed over']
      : [GO_LIVE, 'Put right what is missing'];
  const text = `Rejected by ${by}: ${reason}. ${wayOut}, or send "retry" for "${about}".`;
  addProblem(state, { about, text, until: 'somebody' });
}

export function objectionToPropose(state: OnboardingState, message: Propose): string | null {
  const open = unsettledNeeds(state, 'concept-mapping');
  if (open.length > 0)
    return `A concept mapping cannot be sent before the setup is finished: ${open.join(', ')} is open.`;
  if (state.mapping.approvedVersion !== null) {
    return `Version ${state.mapping.approvedVersion} of the mapping is approved by both sides. A change of it is a change request.`;
  }
  if (state.mapping.version !== null && message.version <= state.mapping.version) {
    return `The latest concept is made from version ${state.mapping.version} of the mapping; the next one needs a newer version.`;
  }
  return objectionToSide(state, message, 'speakap', 'Proposing a concept mapping');
}

export function objectionToComment(state: OnboardingState, message: Comment): string | null {
  return objectionToVersion(agreementOf(state, 'mapping'), message.version);
}

/** What has to be settled before an item, whether it needs it itself or something that it needs does. */
export function unsettledNeeds(state: OnboardingState, id: string): readonly string[] {
  const items = deliverablesFor(state.source);
  const found = new Set<string>();
  const collect = (of: string): void => {
    for (const need of items.find((item) => item.id === of)?.needs ?? []) {
      if (found.has(need)) continue;
      found.add(need);
      collect(need);
    }
  };
  collect(id);
  return [...found].filter((need) => !isSettled(itemOf(state, need)));
}
