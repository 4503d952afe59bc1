import { dayWords } from '../dates.js';
import type { Approval, ContactRef } from '../state.js';
import { howToApprove } from './how-to-agree.js';
import { card, inLine, linkTo, quoted, section, send, writtenDown } from './lines.js';

/** One concept of the mapping, as its page shows it. */
export interface ConceptView {
  readonly customer: string;
  readonly manager: string;
  readonly iteration: number;
  readonly version: number;
  readonly contacts: readonly ContactRef[];
  readonly status: 'open' | 'approved' | 'changes requested' | 'withdrawn';
  readonly approvals: readonly Approval[];
  readonly remarks: readonly Remark[];
  readonly refusals: readonly string[];
  /** Messages that were refused before those. */
  readonly refusedBefore: number;
}

export interface Remark {
  readonly by: string;
  readonly recordedBy: string | null;
  /** `line G2`, `rejected` */
  readonly about: string;
  readonly text: string;
}

const TITLES = {
  open: ['⏳', 'waiting for approval'],
  approved: ['✅', 'approved'],
  'changes requested': ['🔁', 'changes requested'],
  withdrawn: ['➖', 'withdrawn'],
} as const;

/** The page of one concept in the Temporal UI: what is missing, what was said, and what to send. */
export function renderConcept(concept: ConceptView, namespace: string): string {
  const { customer, iteration, version, status } = concept;
  const [mark, words] = TITLES[status];
  return [
    `# ${mark} ${customer}: concept ${iteration}, ${words}`,
    card(
      `Made from version ${version} of the mapping, for ${linkTo(`onboarding/${customer}`, namespace)}`,
      `The document: \`usersync onboarding mapping show ${customer} --concept ${iteration}\``,
    ),
    ...(status === 'open' ? section('To approve', toApprove(concept)) : []),
    ...section('What was said', said(concept)),
    ...(status === 'open' ? section('To have it changed', toChange(concept)) : []),
    ...section('Refused', refused(concept)),
  ].join('\n\n');
}

function toApprove(concept: ConceptView): readonly string[] {
  const { version, approvals } = concept;
  const [missing = '', ...values] = howToApprove(concept, { subject: 'mapping', version, approvals });
  return [card('**More Actions**, **Send an Update** above.', missing), ...values];
}

function toChange({ contacts, version, manager: recordedBy }: ConceptView): readonly string[] {
  const by = contacts.find(({ side }) => side === 'customer')?.id ?? recordedBy;
  const actor = by === recordedBy ? { by } : { by, recordedBy };
  return [
    `A comment on one line, by the id that it has in the document: ${send('comment', { version, line: 'G2', ...actor, text: 'what should be different' })}`,
    `All of it goes back, and a new version follows: ${send('reject', { subject: 'mapping', version, ...actor, reason: 'what should be different' })}`,
  ];
}

function said({ approvals, remarks }: ConceptView): readonly string[] {
  const lines = [
    ...approvals.map(
      ({ by, side, at, recordedBy }) =>
        `- ✅ approved by ${by} (${side})${writtenDown(recordedBy)} on ${dayWords(at.slice(0, 10))}`,
    ),
    ...remarks.map(
      ({ by, recordedBy, about, text }) => `- 💬 ${by}${writtenDown(recordedBy)}, ${inLine(about)}: ${quoted(text)}`,
    ),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function refused({ refusals, refusedBefore }: ConceptView): readonly string[] {
  const lines = [
    ...refusals.toReversed().map((text) => `- ⚠️ ${inLine(text, 600)}`),
    ...(refusedBefore === 0 ? [] : [`- ⚠️ and ${refusedBefore} before`]),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}
