import { openAgreement, unsettledNeeds } from '../../onboarding/acts/agreements.js';
import { takeDelivery } from '../../onboarding/acts/items.js';
import { GO_LIVE, RULES, type RuleId } from '../../onboarding/deliverables.js';
import { isSettled, itemOf, type Agreement, type OnboardingState } from '../../onboarding/state.js';
import { activities } from '../activities.js';
import { onboardingActivities } from './activities.js';
import type { Course } from './course.js';
import { refusalOf } from './refusal.js';
import { rehearse } from './rehearsal.js';

/** Something that the system does by itself as soon as it can. */
interface Duty {
  /** The item that it is about: while something stands in its way, it waits for a person. */
  readonly about: string;
  isOwed(course: Course): boolean;
  perform(course: Course): Promise<void>;
}

/** In the order of the six weeks. */
const DUTIES: readonly Duty[] = [
  { about: 'first-upload', isOwed: waitsFor('sftp-login', 'first-upload'), perform: lookForUpload },
  { about: 'first-read', isOwed: waitsFor('api-credentials', 'first-read'), perform: tryRead },
  { about: 'concept-mapping', isOwed: lacksDraft, perform: draftMapping },
  { about: 'groups', isOwed: ({ state }) => isOpen(state, 'groups', state.groups, 'none'), perform: planGroups },
  { about: 'groups', isOwed: ({ state }) => isOpen(state, 'groups', state.groups, 'approved'), perform: createGroups },
  { about: 'rule-invitations', isOwed: lacksRehearsal, perform: showRules },
  { about: GO_LIVE, isOwed: ({ state }) => isOpen(state, GO_LIVE, state.release, 'none'), perform: proposeRelease },
  { about: GO_LIVE, isOwed: ({ state }) => isOpen(state, GO_LIVE, state.release, 'approved'), perform: goLive },
];

/** Does everything that can be done now. What cannot is shown with its reason, and the rest goes on. */
export async function doDuties(course: Course): Promise<void> {
  for (const duty of DUTIES) {
    if (course.isOver || course.state.status === 'paused') return;
    const isBlocked = course.state.problems.some(({ about }) => about === duty.about);
    if (!isBlocked && duty.isOwed(course)) await tryDuty(course, duty);
  }
  course.mayHaveArrived = false;
}

async function tryDuty(course: Course, { about, perform }: Duty): Promise<void> {
  try {
    await perform(course);
  } catch (error) {
    const text = refusalOf(error);
    if (text === null) throw error;
    course.state.problems.push({ about, text });
    course.noteSystem('could not be done', about, text);
  }
}

function isOpen(state: OnboardingState, item: string, { status }: Agreement, wanted: Agreement['status']): boolean {
  return status === wanted && !isSettled(itemOf(state, item)) && unsettledNeeds(state, item).length === 0;
}

/** Looked for only when something may have come: it costs a look at the customer's server. */
function waitsFor(before: string, item: string) {
  return ({ state, mayHaveArrived }: Course): boolean => {
    const isMine = state.items.some(({ id }) => id === item);
    if (!isMine || !mayHaveArrived || isSettled(itemOf(state, item))) return false;
    return itemOf(state, before).state !== 'open';
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
  const before = itemOf(course.state, item).finding;
  if (!usable && before === finding) return;
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
  for (let from = 1; from <= planned.groups; from += planned.batchSize) {
    const to = Math.min(from + planned.batchSize - 1, planned.groups);
    await activities(`create group ${from} to ${to} of ${planned.groups}`, {
      minutes: 60,
      heartbeatSeconds: 60,
      attempts: 20,
    }).applyBatch({ runId, fence, from, to });
  }
  await onboardingActivities('give the right to write back').releaseLease({ runId, fence });
  const { words, failed } = await onboardingActivities('read back the groups').closeGroups({ runId });
  state.groups.status = failed === 0 ? 'done' : 'none';
  takeDelivery(state, { item: 'groups', by: 'system' }, course.occasion(), {
    ...{ finding: words, usable: failed === 0, settled: failed === 0 },
  });
  course.changed();
}

function lacksRehearsal({ state }: Course): boolean {
  const { mapping, rehearsal } = state;
  if (mapping.approvedVersion === null || rehearsal?.version === mapping.approvedVersion) return false;
  return RULES.some((rule) => !isSettled(itemOf(state, rule)) && unsettledNeeds(state, rule).length === 0);
}

/** Each rule is shown by a dry run of the approved mapping, which then becomes the active one. */
async function showRules(course: Course): Promise<void> {
  const { state } = course;
  const version = state.mapping.approvedVersion ?? 0;
  const run = await rehearse(course, version, `rules-${version}`, state.manager);
  const { onboardingId } = state;
  const rules = await onboardingActivities('show what each rule does', 15).showRules({ onboardingId, version, run });
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
  const told = await onboardingActivities(`ask for the approval of ${subject} ${version}`).requestApprovals({
    ...{ onboardingId, subject, version, words, at: course.now },
  });
  course.state.mailsInDoubt += told.inDoubt;
}
