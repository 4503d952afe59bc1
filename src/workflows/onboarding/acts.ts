import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { agreementOf, takeApproval, takeReject } from '../../onboarding/acts/agreements.js';
import { takeCancel, takePause, takeResume } from '../../onboarding/acts/course.js';
import {
  lookForRecordAgain,
  takeCheck,
  takeDelivery,
  takeLeaveOut,
  takeMove,
  takeReopen,
  takeRetry,
} from '../../onboarding/acts/items.js';
import { takeAnswer, takeQuestion } from '../../onboarding/acts/questions.js';
import type { Occasion } from '../../onboarding/events.js';
import { agreementAbout } from '../../onboarding/health.js';
import type { Deliver, MessageName, Messages } from '../../onboarding/messages.js';
import type { Via } from '../../onboarding/state.js';
import { onboardingActivities, quick } from './activities.js';
import { lookAt } from './handing.js';
import { propose } from './concepts.js';
import type { Course } from './course.js';
import { beginTest } from './tests.js';
import { iterationId, signalOf } from './messages.js';
import { tell } from './tell.js';

type Take<Name extends MessageName> = (course: Course, message: Messages[Name], occasion: Occasion) => Promise<string>;

const TAKE: { readonly [Name in MessageName]: Take<Name> } = {
  deliver,
  check: async ({ state }, message, occasion) => takeCheck(state, message, occasion),
  reopen: async ({ state }, message, occasion) => takeReopen(state, message, occasion),
  leaveOut: async ({ state }, message, occasion) => takeLeaveOut(state, message, occasion),
  ask,
  answer,
  propose,
  comment: (course, message) => passOn(course, 'comment', message),
  approve,
  reject,
  test: beginTest,
  retry,
  pause: async (course, message, occasion) => takePause(course.state, message, occasion, (await dayOf(course)).today),
  resume: async (course, message, occasion) =>
    takeResume(course.state, message, occasion, (await dayOf(course)).yesterday),
  move: async ({ state }, message, occasion) => takeMove(state, message, occasion),
  cancel: async ({ state }, message, occasion) => takeCancel(state, message, occasion),
};

/** Does what a message asks for, and answers with a sentence. @throws a refusal, and then nothing was changed. */
export async function take<Name extends MessageName>(
  course: Course,
  name: Name,
  message: Messages[Name],
  via: Via,
): Promise<string> {
  const work: Take<Name> = TAKE[name];
  return work(course, message, course.occasion(via));
}

async function deliver(course: Course, message: Deliver, occasion: Occasion): Promise<string> {
  const found = await lookAt(course.state, message);
  const answer = takeDelivery(course.state, message, occasion, found);
  if (message.file !== undefined) lookForRecordAgain(course.state);
  for (const [item, finding] of found.also ?? []) {
    takeDelivery(course.state, { item, by: 'system' }, course.occasion(), { finding, usable: true, settled: true });
  }
  return answer;
}

async function ask(course: Course, message: Messages['ask'], occasion: Occasion): Promise<string> {
  const { onboardingId } = course.state;
  const day = await dayOf(course);
  const answer = takeQuestion(course.state, message, occasion, message.due ?? day.inTwoWorkingDays);
  const question = course.state.questions.at(-1);
  if (question !== undefined) {
    const { id, to, text, due, about } = question;
    await tell(course, `tell ${to} of question ${id}`, (mail) =>
      mail.tellQuestion({ onboardingId, question: { id, to, by: message.by, text, due, about } }),
    );
  }
  return answer;
}

/** Whoever asked is told. */
async function answer(course: Course, message: Messages['answer'], occasion: Occasion): Promise<string> {
  const { state } = course;
  const words = takeAnswer(state, message, occasion);
  const question = state.questions.find(({ id }) => id === message.question);
  if (question !== undefined) {
    const { onboardingId } = state;
    const { id, by: asker, text } = question;
    await tell(course, `tell ${asker} of the answer to ${id}`, (mail) =>
      mail.tellAnswer({ onboardingId, question: { id, asker, text }, answer: { by: message.by, text: message.text } }),
    );
  }
  return words;
}

/** Where both sides have to agree, those who have not approved yet get new codes. */
async function retry(course: Course, message: Messages['retry'], occasion: Occasion): Promise<string> {
  const { state } = course;
  const words = takeRetry(state, message, occasion);
  const subject = agreementAbout(message.item);
  const agreement = subject === null ? null : agreementOf(state, subject);
  if (subject === null || agreement === null || !agreement.isOpen) return words;
  const { onboardingId, seq } = state;
  const { version, approvals } = agreement;
  const again = { number: seq, without: approvals.map(({ by }) => by) };
  await tell(course, `new codes for ${subject} ${version}`, (mail) =>
    mail.requestApprovals({ onboardingId, subject, version, words: '', at: course.now, again }),
  );
  return `New codes for version ${version} of "${subject}" go to those who have not approved it yet.`;
}

/** Groups and release are agreed on here; a concept is decided about in its own workflow. */
async function approve(course: Course, message: Messages['approve'], occasion: Occasion): Promise<string> {
  if (message.subject === 'mapping') return passOn(course, 'approve', message);
  const { onboardingId } = course.state;
  const { subject, version, by: contactId, code = null } = message;
  await onboardingActivities(`the code of ${contactId} for ${subject} ${version}`).useCode({
    ...{ onboardingId, subject, version, contactId, code, at: course.now },
  });
  return takeApproval(course.state, message, occasion);
}

async function reject(course: Course, message: Messages['reject'], occasion: Occasion): Promise<string> {
  if (message.subject === 'mapping') return passOn(course, 'reject', message);
  return takeReject(course.state, message, occasion);
}

async function passOn<Name extends 'comment' | 'approve' | 'reject'>(
  { state }: Course,
  name: Name,
  message: Messages[Name],
): Promise<string> {
  const { customer, mapping } = state;
  const id = iterationId(customer, mapping.iteration);
  await getExternalWorkflowHandle(id).signal(signalOf(name), message);
  return `Passed on to concept ${mapping.iteration} (${id}), version ${agreementOf(state, 'mapping').version}; what becomes of it stands in the last events here.`;
}

async function dayOf({ state, now }: Course) {
  const { plan, pauses } = state;
  return quick.lookUpDay({ plan, pauses, at: now });
}
