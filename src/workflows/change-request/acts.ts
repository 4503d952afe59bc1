import { objectionToDay, takeAgree, takeClassify } from '../../change-requests/acts/agreeing.js';
import { takeAnswer, takeAsk } from '../../change-requests/acts/asking.js';
import { takeApprove, takeReject, takeRetry, takeWithdraw } from '../../change-requests/acts/deciding.js';
import { takePeople, takePropose } from '../../change-requests/acts/proposing.js';
import { goOnWithoutTest } from '../../change-requests/acts/testing.js';
import type { Classification } from '../../change-requests/classify.js';
import type { MessageName, Messages } from '../../change-requests/messages.js';
import { objectionTo } from '../../change-requests/objections.js';
import { isDateAgreed, isTestAwaited } from '../../change-requests/state.js';
import type { Occasion } from '../../onboarding/events.js';
import type { Via } from '../../onboarding/state.js';
import { onboardingActivities, quick } from '../onboarding/activities.js';
import { refused } from '../onboarding/refusal.js';
import { rehearse } from '../onboarding/rehearsal.js';
import { tell } from '../onboarding/tell.js';
import type { Request } from './request.js';
import { tellFiled } from './tell-filed.js';
import { beginTest } from './testing.js';

type Take<Name extends MessageName> = (
  request: Request,
  message: Messages[Name],
  occasion: Occasion,
) => Promise<string>;

const TAKE: { readonly [Name in MessageName]: Take<Name> } = {
  ask,
  answer,
  classify,
  agree,
  propose,
  people: async ({ state }, message, occasion) => takePeople(state, message, occasion),
  approve,
  reject,
  withdraw: async ({ state }, message, occasion) => takeWithdraw(state, message, occasion),
  test: beginTest,
  retry,
};

/** Does what a message asks for, and answers with a sentence. @throws a refusal, and then nothing was changed. */
export async function take<Name extends MessageName>(
  request: Request,
  name: Name,
  message: Messages[Name],
  via: Via,
): Promise<string> {
  const work: Take<Name> = TAKE[name];
  return work(request, message, request.occasion(via));
}

async function ask(request: Request, message: Messages['ask'], occasion: Occasion): Promise<string> {
  const { state } = request;
  const { changeRequestId, timeZone } = state;
  const words = takeAsk(state, message, occasion);
  const question = state.questions.at(-1);
  if (question === undefined) return words;
  const { id, by, to, text, askedAt } = question;
  const { remindAt: dueAt } = await quick.planWait({ from: askedAt, timeZone });
  await tell(request, `tell ${to} of question ${id}`, (mail) =>
    mail.tellChangeQuestion({ changeRequestId, id, by, to, text, dueAt }),
  );
  return words;
}

/** Whoever asked is told. */
async function answer(request: Request, message: Messages['answer'], occasion: Occasion): Promise<string> {
  const { state } = request;
  const { changeRequestId } = state;
  const words = takeAnswer(state, message, occasion);
  const question = state.questions.find(({ id }) => id === message.question);
  if (question === undefined) return words;
  const { id, by: asker, text } = question;
  await tell(request, `tell ${asker} of the answer to ${id}`, (mail) =>
    mail.tellChangeAnswer({ changeRequestId, id, asker, question: text, by: message.by, text: message.text }),
  );
  return words;
}

async function classify(request: Request, message: Messages['classify'], occasion: Occasion): Promise<string> {
  const words = takeClassify(request.state, message, occasion);
  goOnWithoutTest(request.state);
  await tellFiled(request);
  return words;
}

/** The calendar tells when the day ends at the customer. */
async function agree(request: Request, message: Messages['agree'], occasion: Occasion): Promise<string> {
  const { state } = request;
  const { changeRequestId, filed } = state;
  const { dueAt } = await quick.endOfDay({ date: message.on, timeZone: state.timeZone });
  const objection = objectionToDay(state, message, dueAt, request.now);
  if (objection !== null) throw refused(`${objection} Nothing was changed.`);
  const words = takeAgree(state, message, occasion, dueAt);
  const isAgreed = isDateAgreed(state);
  const { seq } = state;
  await tell(request, `tell of the date ${message.on}`, (mail) =>
    mail.tellDate({ changeRequestId, filedBy: filed.by, dueAt, isAgreed, seq }),
  );
  return words;
}

/** Tries a version on the latest record, keeps what comes of it, and sends it to the customer. */
async function propose(request: Request, message: Messages['propose'], occasion: Occasion): Promise<string> {
  const { state } = request;
  const { changeRequestId, customer, manager, number, filed } = state;
  const { version, by } = message;
  const { base } = await onboardingActivities(`look at version ${version}`).checkVersion({ changeRequestId, version });
  const key = `change-${number}-${version}-${Date.parse(request.now)}`;
  const run = await rehearse({ customer, manager, version, by, key });
  // The dry run takes its time, and somebody may have decided meanwhile.
  const objection = objectionTo(state, 'propose', message);
  if (objection !== null) throw refused(objection);
  const before = state.proposal;
  const { classification, ...found } = await onboardingActivities(
    `compare version ${version} with ${base}`,
    30,
  ).writeProposal({
    ...{ changeRequestId, version, base, run, asked: filed.asked },
  });
  if (before !== null && before.version !== version) await retire(request, before.version);
  const words = takePropose(state, message, occasion, found);
  const isLarger = takeOpinion(request, classification);
  await askForApproval(request, null);
  if (isLarger) await tellFiled(request);
  return words;
}

/** What the rules make of a version; a person who has said otherwise is not overruled. Answers whether it is larger now. */
function takeOpinion(request: Request, found: Classification): boolean {
  const { state } = request;
  if (state.classification.by !== 'rules') {
    state.overruled = found;
    return false;
  }
  const isLarger = state.classification.size === 'small' && found.size === 'structural';
  if (isLarger) request.noteQuietly('classified as structural', null, found.reason);
  state.classification = found;
  return isLarger;
}

/** The code is checked by the step that knows it. */
async function approve(request: Request, message: Messages['approve'], occasion: Occasion): Promise<string> {
  const { state } = request;
  const { changeRequestId, proposal } = state;
  const { version, by: contactId, code = null } = message;
  await onboardingActivities(`the code of ${contactId} for version ${version}`).useChangeCode({
    ...{ changeRequestId, version, contactId, code, at: request.now },
  });
  await onboardingActivities(`version ${version} is approved`).approveVersion({
    ...{ changeRequestId, version, base: proposal?.base ?? 0 },
  });
  return takeApprove(state, message, occasion);
}

async function reject(request: Request, message: Messages['reject'], occasion: Occasion): Promise<string> {
  const words = takeReject(request.state, message, occasion);
  if (message.version !== undefined) await retire(request, message.version);
  return words;
}

/** Whoever may approve gets a new code, where that is what is waited for. */
async function retry(request: Request, message: Messages['retry'], occasion: Occasion): Promise<string> {
  const { state } = request;
  const words = takeRetry(state, message, occasion);
  request.mayBeTested = true;
  if (state.step === 'approval') await askForApproval(request, state.seq);
  if (isTestAwaited(state)) await askForTestApproval(request);
  return words;
}

async function retire({ state }: Request, version: number): Promise<void> {
  const { changeRequestId } = state;
  await onboardingActivities(`version ${version} is not used`).retireVersion({ changeRequestId, version });
}

async function askForApproval(request: Request, again: number | null): Promise<void> {
  const { changeRequestId, proposal } = request.state;
  if (proposal?.status !== 'open') return;
  const { version } = proposal;
  await tell(request, `ask for the approval of version ${version}`, (mail) =>
    mail.requestChangeApproval({ changeRequestId, version, at: request.now, again }),
  );
}

async function askForTestApproval(request: Request): Promise<void> {
  const { changeRequestId, testing, seq } = request.state;
  if (testing === undefined) return;
  const { number: test } = testing;
  await tell(request, `ask for the approval of test ${test}`, (mail) =>
    mail.requestTestApproval({ changeRequestId, test, at: new Date().toISOString(), again: seq }),
  );
}
