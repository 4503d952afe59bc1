import { WorkflowIdReusePolicy } from '@temporalio/common';
import { ApplicationFailure, ParentClosePolicy, getExternalWorkflowHandle, startChild } from '@temporalio/workflow';
import { missingApprovals, objectionToPropose } from '../../onboarding/acts/agreements.js';
import { note, type Occasion } from '../../onboarding/events.js';
import { isConceptNews } from '../../onboarding/forms.js';
import type { ConceptNews, Propose } from '../../onboarding/messages.js';
import { itemOf, type OnboardingState } from '../../onboarding/state.js';
import { customerKey, managerKey } from '../search-attributes.js';
import { onboardingActivities } from './activities.js';
import type { Course } from './course.js';
import { mappingIteration } from './mapping-iteration.js';
import { iterationId, withdrawSignal, type IterationOrder } from './messages.js';
import { rehearse } from './rehearsal.js';
import { tell } from './tell.js';

/** Tries a version of the mapping on the latest record, and sends what comes of it to the customer. */
export async function propose(course: Course, message: Propose, occasion: Occasion): Promise<string> {
  const { state } = course;
  const { version, by } = message;
  const iteration = state.mapping.iteration + 1;
  const run = await rehearse(course.rehearsalOf(version, `concept-${iteration}`, by));
  // The dry run takes its time, and somebody may have decided meanwhile.
  const objection = objectionToPropose(state, message) ?? (course.isOver ? 'The onboarding was cancelled.' : null);
  if (objection !== null) throw ApplicationFailure.nonRetryable(`${objection} Nothing was changed.`, 'Refused');
  const { onboardingId } = state;
  const concept = await onboardingActivities(`write concept ${iteration} from version ${version}`, 30).openConcept({
    ...{ onboardingId, iteration, version, run, at: course.now },
  });
  await withdrawOpen(state, by, `concept ${iteration} takes its place`);
  state.mapping = { ...state.mapping, iteration, version, status: 'open', comments: 0, approvals: [] };
  await startIteration(state);
  settleFirst(state, course.occasion(), concept.words);
  note(state, message, occasion, { what: 'proposed', about: `mapping/${version}`, text: concept.words });
  await tell(course, `send concept ${iteration} to those who decide about it`, (mail) =>
    mail.requestApprovals({
      onboardingId,
      subject: 'mapping',
      version,
      words: concept.words,
      at: course.now,
      again: null,
    }),
  );
  return `Concept ${iteration} is made from version ${version} and sent: ${concept.words}`;
}

/** A newer concept, or the end of everything, takes the place of the one that is open. */
export async function withdrawOpen({ customer, mapping }: OnboardingState, by: string, reason: string): Promise<void> {
  if (mapping.status !== 'open') return;
  try {
    await getExternalWorkflowHandle(iterationId(customer, mapping.iteration)).signal(withdrawSignal, { by, reason });
  } catch {
    // It has ended by itself, and said how.
    return;
  }
}

async function startIteration({
  customer,
  onboardingId,
  manager,
  contacts,
  mapping,
  plan,
}: OnboardingState): Promise<void> {
  const { iteration, version } = mapping;
  const order: IterationOrder = {
    ...{ customer, onboardingId, manager, iteration, version: version ?? 0, contacts, clock: plan.clock },
  };
  await startChild(mappingIteration, {
    workflowId: iterationId(customer, iteration),
    args: [order],
    // It outlives a part of the onboarding that continues as new, and is withdrawn when it is not needed any more.
    parentClosePolicy: ParentClosePolicy.ABANDON,
    // One that an earlier onboarding left behind has nobody to tell any more.
    workflowIdReusePolicy: WorkflowIdReusePolicy.TERMINATE_IF_RUNNING,
    staticSummary: `Concept mapping ${iteration} of ${customer}, version ${version}`,
    typedSearchAttributes: [
      { key: customerKey, value: customer },
      { key: managerKey, value: manager },
    ],
  });
}

/** With the first concept, what Speakap owed is delivered; those that follow are part of the feedback. */
function settleFirst(state: OnboardingState, occasion: Occasion, words: string): void {
  const item = itemOf(state, 'concept-mapping');
  item.finding = words;
  if (item.state === 'checked') return;
  item.state = 'checked';
  item.checked = { by: 'system', at: occasion.at, recordedBy: null };
}

/** What a mapping iteration tells of itself. What is no news of the open concept changes nothing, and stays readable. */
export function hearOfConcept(course: Course, news: ConceptNews): void {
  const objection = objectionToNews(course.known, news);
  if (objection !== null) {
    course.noteRefused('conceptNews', 'signal', objection);
    return;
  }
  const { state } = course;
  const { by, recordedBy, kind, version, line, text = null, via } = news;
  const about = line === undefined ? `mapping/${version}` : `mapping/${version} line ${line}`;
  const what = kind === 'refused' ? 'decide about a concept' : kind;
  const actor = { by, ...(recordedBy === undefined ? {} : { recordedBy }) };
  note(state, actor, { at: course.now, via }, { what, about, text, refused: kind === 'refused' });
  if (kind !== 'refused') takeNews(course, news);
  course.changed();
}

/** Anybody who can signal a workflow can send this: it is believed only as far as it fits, and then looked up (`confirmMapping`). */
function objectionToNews(state: OnboardingState | null, news: unknown): string | null {
  const senseless = 'News of a concept makes no sense here. Nothing was changed.';
  if (state === null || !isConceptNews(news) || news.onboardingId !== state.onboardingId) return senseless;
  const { iteration, version, kind } = news;
  if (kind === 'refused') return null;
  const isOpen =
    iteration === state.mapping.iteration && version === state.mapping.version && state.mapping.status === 'open';
  return isOpen ? null : `News of concept ${iteration}, which is not open any more. Nothing was changed.`;
}

function takeNews(course: Course, news: ConceptNews): void {
  const { state } = course;
  const { mapping } = state;
  if (news.kind === 'commented') mapping.comments += 1;
  if (news.kind === 'rejected') mapping.status = 'changes requested';
  const isKnown = mapping.approvals.some(({ by }) => by === news.by);
  if (news.kind === 'approved' && !isKnown) {
    const side = state.contacts.find(({ id }) => id === news.by)?.side ?? 'customer';
    mapping.approvals.push({ by: news.by, side, at: course.now, recordedBy: news.recordedBy ?? null });
  }
  itemOf(state, 'mapping-feedback').finding = feedbackWords(state);
}

/** All approvals were told of: Postgres says whether it is so. */
export async function confirmMapping(course: Course): Promise<void> {
  const { state } = course;
  const { onboardingId, mapping } = state;
  const { iteration } = mapping;
  const { result } = await onboardingActivities(`look up what became of concept ${iteration}`).readConceptResult({
    ...{ onboardingId, iteration },
  });
  if (state.mapping.iteration !== iteration || state.mapping.status !== 'open') return;
  if (result !== 'approved') {
    mapping.approvals = [];
    throw ApplicationFailure.nonRetryable(
      `Concept ${iteration} was said to be approved, and is not. Its approvals are counted anew.`,
      'Refused',
    );
  }
  settleMapping(state, course.occasion());
  course.changed();
}

function settleMapping(state: OnboardingState, occasion: Occasion): void {
  const { mapping } = state;
  mapping.status = 'approved';
  mapping.approvedVersion = mapping.version;
  for (const id of ['mapping-feedback', 'final-mapping']) {
    const item = itemOf(state, id);
    item.state = 'checked';
    item.checked = { by: 'system', at: occasion.at, recordedBy: null };
  }
  itemOf(state, 'mapping-feedback').finding = feedbackWords(state);
  itemOf(state, 'final-mapping').finding =
    `Version ${mapping.version}, approved by ${mapping.approvals.map(({ by }) => by).join(', ')}.`;
}

function feedbackWords({ mapping }: OnboardingState): string {
  const { iteration, version, comments, approvals, status } = mapping;
  const remarks = `${comments} ${comments === 1 ? 'comment' : 'comments'}`;
  if (status === 'approved') return `Concept ${iteration}, version ${version}: ${remarks}, approved.`;
  if (status === 'changes requested') return `Concept ${iteration}, version ${version}: ${remarks}, changes requested.`;
  return `Concept ${iteration}, version ${version}: ${remarks}; still to approve: ${missingApprovals('mapping', approvals)}.`;
}
