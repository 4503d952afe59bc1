import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import { isApproved, openAgreement, unsettledNeeds } from '../../onboarding/acts/agreements.js';
import { takeDelivery } from '../../onboarding/acts/items.js';
import { deliverablesFor, GO_LIVE, RULES, type RuleId } from '../../onboarding/deliverables.js';
import { addProblem, isSettled, itemOf, type Agreement, type OnboardingState } from '../../onboarding/state.js';
import { activities } from '../activities.js';
import { onboardingActivities } from './activities.js';
import { confirmMapping } from './concepts.js';
import type { Course } from './course.js';
import { refusalOf } from './refusal.js';
import { rehearse } from './rehearsal.js';
import { tell } from './tell.js';
import { lookAtTest } from './tests.js';

/** Something that the system does by itself as soon as it can. */
interface Duty {
  /** The item that it is about: while something stands in its way, it waits for a person. */
  readonly about: string;
  /** `mayHaveArrived`: whether something may have come since the system looked last. */
  isOwed(course: Course, mayHaveArrived: boolean): boolean;
  perform(course: Course): Promise<void>;
}

/** In the order of the six weeks. */
const DUTIES: readonly Duty[] = [
  { about: 'first-upload', isOwed: waitsFor('first-upload'), perform: lookForUpload },
  { about: 'first-read', isOwed: waitsFor('first-read'), perform: tryRead },
  { about: 'concept-mapping', isOwed: lacksDraft, perform: draftMapping },
  { about: 'groups', isOwed: ({ state }) => isOpen(state, 'groups', state.groups, 'none'), perform: planGroups },
  { about: 'groups', isOwed: ({ state }) => isOpen(state, 'groups', state.groups, 'approved'), perform: createGroups },
  { about: 'final-mapping', isOwed: isSaidToBeApproved, perform: confirmMapping },
  { about: 'rule-invitations', isOwed: lacksRehearsal, perform: showRules },
  {
    about: 'test',
    isOwed: ({ state }, mayHaveArrived) => state.testing !== undefined && mayHaveArrived,
    perform: lookAtTest,
  },
  { about: GO_LIVE, isOwed: ({ state }) => isOpen(state, GO_LIVE, state.release, 'none'), perform: proposeRelease },
  { about: GO_LIVE, isOwed: ({ state }) => isOpen(state, GO_LIVE, state.release, 'approved'), perform: goLive },
];

/** Does everything that can be done now. What cannot is shown with its reason, and the rest goes on. */
export async function doDuties(course: Course): Promise<void> {
  const { mayHaveArrived } = course;
  // At once, since what comes while the system looks has to be looked for again.
  course.mayHaveArrived = false;
  for (const duty of DUTIES) {
    if (course.isOver || course.state.status === 'paused') return;
    const isBlocked = course.state.problems.some(({ about }) => about === duty.about);
    if (!isBlocked && duty.isOwed(course, mayHaveArrived)) await tryDuty(course, duty);
  }
}

async function tryDuty(course: Course, duty: Duty): Promise<void> {
  const { about } = duty;
  try {
    await duty.perform(course);
  } catch (error) {
    const text = refusalOf(error);
    if (text === null) throw error;
    addProblem(course.state, { about, text, until: 'a while' });
    course.noteSystem('could not be done', about, text);
  }
}

function isOpen(state: OnboardingState, item: string, { status }: Agreement, wanted: Agreement['status']): boolean {
  return status === wanted && !isSettled(itemOf(state, item)) && unsettledNeeds(state, item).length === 0;
}

/** Looked for only when something may have come: it costs a look at the customer's server. */
function waitsFor(id: string) {
  return ({ state }: Course, mayHaveArrived: boolean): boolean => {
    const item = deliverablesFor(state.source).find((entry) => entry.id === id);
    if (item === undefined || !mayHaveArrived || isSettled(itemOf(state, id))) return false;
    return item.needs.every((need) => itemOf(state, need).state !== 'open');
  };
}

async function lookForUpload(course: Course): Promise<void> {
  const { onboardingId } = course.state;
  settleSeen(course, 'first-upload', await onboardingActivities('look for an upload').lookForUpload({ onboardingId }));
}

async function tryRead(course: Course): Promise<void> {
  const { onboardingId } = course.state;
  const read = await onboardingActivities('read from the real-time connection', 15).tryRead({ onboardingId });
  settleSeen(course, 'first-read', read);
  if (read.usable) settleSeen(course, 'api-credentials', { usable: true, finding: 'They were used for a first read.' });
}

function settleSeen(course: Course, item: string, { usable, finding }: { usable: boolean; finding: string }): void {
  const { state, finding: before } = itemOf(course.state, item);
  // Somebody may have checked it off while it was looked at.
  if (state === 'checked' || (!usable && before === finding)) return;
  takeDelivery(course.state, { item, by: 'system' }, course.occasion(), { finding, usable, settled: usable });
  course.changed();
}

function lacksDraft({ state }: Course): boolean {
  const item = itemOf(state, 'concept-mapping');
  return item.state === 'open' && item.finding === null && unsettledNeeds(state, item.id).length === 0;
}

/** A first proposal by the system, for the engineer: it is never sent without a person. */
async function draftMapping(course: Course): Promise<void> {
  const { onboardingId } = course.state;
  const draft = await onboardingActivities('propose a mapping from the columns', 15).draftMapping({ onboardingId });
  itemOf(course.state, 'concept-mapping').finding = draft.words;
  course.state.mapping.drafted = draft.version;
  course.noteSystem('drafted a mapping', `mapping/${draft.version}`, draft.words);
}

async function planGroups(course: Course): Promise<void> {
  const { state } = course;
  const { onboardingId, groups } = state;
  const planned = await onboardingActivities('plan the groups of the overview', 15).planOverviewGroups({
    ...{ onboardingId, version: groups.version + 1 },
  });
  if (planned.groups === 0) {
    groups.status = 'done';
    takeDelivery(state, { item: 'groups', by: 'system' }, course.occasion(), {
      ...{ finding: 'The network has all groups of the overview.', usable: true, settled: true },
    });
    return course.changed();
  }
  const version = openAgreement(groups, planned.words, planned.runId);
  course.noteSystem('planned groups', `groups/${version}`, planned.words);
  await askForApproval(course, 'groups', version, planned.words);
}

/** A plan of its own, applied under the customer's lease as every other one. */
async function createGroups(course: Course): Promise<void> {
  const { state } = course;
  const { runId } = state.groups;
  if (runId === null) return;
  const by = state.groups.approvals.map((approval) => approval.by).join(', ');
  const planned = await onboardingActivities(`approval by ${by}`).releaseGroups({ runId, by });
  const fence = await activities('take the right to write', { minutes: 1, attempts: 4_320 }).takeLease({ runId });
  try {
    await applyGroups(runId, fence, planned);
  } finally {
    await CancellationScope.nonCancellable(() =>
      onboardingActivities('give the right to write back').releaseLease({ runId, fence }),
    );
  }
  const { words, failed } = await onboardingActivities('read back the groups').closeGroups({ runId });
  state.groups.status = failed === 0 ? 'done' : 'none';
  // The same is not proposed again before somebody has looked at what the network refused.
  if (failed > 0) throw ApplicationFailure.nonRetryable(words, 'Refused');
  takeDelivery(state, { item: 'groups', by: 'system' }, course.occasion(), {
    finding: words,
    usable: true,
    settled: true,
  });
  course.changed();
}

async function applyGroups(
  runId: number,
  fence: number,
  { groups, batchSize }: { readonly groups: number; readonly batchSize: number },
): Promise<void> {
  for (let from = 1; from <= groups; from += batchSize) {
    const to = Math.min(from + batchSize - 1, groups);
    const pace = { minutes: 60, heartbeatSeconds: 60, attempts: 20 };
    await activities(`create group ${from} to ${to} of ${groups}`, pace).applyBatch({ runId, fence, from, to });
  }
}

function isSaidToBeApproved({ state: { mapping } }: Course): boolean {
  return mapping.status === 'open' && isApproved('mapping', mapping.approvals);
}

function lacksRehearsal({ state }: Course): boolean {
  const { mapping, rehearsal } = state;
  if (mapping.approvedVersion === null || rehearsal?.version === mapping.approvedVersion) return false;
  // Also when all rules are checked off: a mapping that took the place of another has to become the active one.
  return RULES.some((rule) => unsettledNeeds(state, rule).length === 0);
}

/** Each rule is shown by a dry run of the approved mapping, which then becomes the active one. */
async function showRules(course: Course): Promise<void> {
  const { state } = course;
  const version = state.mapping.approvedVersion ?? 0;
  const run = await rehearse(course.rehearsalOf(version, `rules-${version}`, state.manager));
  const { onboardingId } = state;
  const rules = await onboardingActivities('show what each rule does', 15).showRules({
    ...{ onboardingId, version, run },
    approvedBy: state.mapping.approvals.map(({ by }) => by),
  });
  state.rehearsal = { version, run };
  for (const { item, finding, covered } of rules) showRule(course, item, finding, covered);
  course.changed();
}

/** What is shown waits for a person at Speakap to check it off; what is not shown stays open by itself, and blocks nothing else. */
function showRule(course: Course, item: RuleId, finding: string, usable: boolean): void {
  if (isSettled(itemOf(course.state, item))) return;
  takeDelivery(course.state, { item, by: 'system' }, course.occasion(), { finding, usable, settled: false });
}

async function proposeRelease(course: Course): Promise<void> {
  const { state } = course;
  const words = releaseWords(state);
  const version = openAgreement(state.release, words);
  course.noteSystem('proposed the release', `release/${version}`, words);
  await askForApproval(course, 'release', version, words);
}

/** The named deliverable of the timeline, with what it does not hold. */
function releaseWords({ customer, mapping, leftOut }: OnboardingState): string {
  const without = leftOut.map(({ item, reason }) => `${item} (${reason})`).join(', ');
  return (
    `The finalised User Sync on the network of ${customer}, with version ${mapping.approvedVersion} of the mapping. ` +
    `Left out: ${without === '' ? 'nothing' : without}.`
  );
}

async function goLive(course: Course): Promise<void> {
  const { state } = course;
  const { onboardingId } = state;
  const { words } = await onboardingActivities('switch the daily schedule on').handOver({ onboardingId });
  state.release.status = 'done';
  takeDelivery(state, { item: GO_LIVE, by: 'system' }, course.occasion(), {
    ...{ finding: words, usable: true, settled: true },
  });
  course.changed();
}

async function askForApproval(
  course: Course,
  subject: 'groups' | 'release',
  version: number,
  words: string,
): Promise<void> {
  const { onboardingId } = course.state;
  await tell(course, `ask for the approval of ${subject} ${version}`, (mail) =>
    mail.requestApprovals({ onboardingId, subject, version, words, at: course.now, again: null }),
  );
}
