import { condition, isCancellation, setHandler } from '@temporalio/workflow';
import { takeTestNews } from '../../change-requests/acts/testing.js';
import { EXAMPLES, readMessage } from '../../change-requests/forms.js';
import { firstPromise } from '../../change-requests/health.js';
import type { MessageName } from '../../change-requests/messages.js';
import { objectionTo } from '../../change-requests/objections.js';
import { isOver } from '../../change-requests/state.js';
import type { Via } from '../../onboarding/state.js';
import { refusalOf, refused } from '../onboarding/refusal.js';
import { take } from './acts.js';
import {
  DESCRIPTIONS,
  fileUpdate,
  MESSAGE_NAMES,
  signalOf,
  stateQuery,
  testNewsSignal,
  updateOf,
  type TestNews,
} from './messages.js';
import type { Request } from './request.js';

/** More than people send of what costs events, which all belong into one history. */
const MOST_WAITING = 50;

/** Every message is an update and a signal of the same name. */
export function handleMessages(request: Request): void {
  setHandler(fileUpdate, () => filed(request), { description: 'Sent together with the start, and not by people' });
  for (const name of MESSAGE_NAMES) handle(request, name);
  setHandler(testNewsSignal, (news) => hearOfTest(request, news), {
    description: 'Sent by tests of this change, and not by people',
  });
  setHandler(stateQuery, () => request.known);
}

/** What is no news changes nothing: how a test ended is looked up, and not believed. */
function hearOfTest(request: Request, news: TestNews | undefined): void {
  if (request.known === null || news === undefined) return;
  takeTestNews(request.known, news);
  request.mayBeTested = true;
  request.changed();
}

/** What whoever files it is answered. */
async function filed(request: Request): Promise<string> {
  await condition(() => request.known !== null || request.refusal !== null);
  if (request.known === null) throw refused(request.refusal ?? 'It was refused.');
  const { number, classification } = request.known;
  const promise = firstPromise(request.known, request.now);
  const until = promise === null || isOver(request.known) ? '' : ` Promised: ${promise.words}, until ${promise.dueAt}.`;
  return `Filed as change ${number}. It is ${classification.size}: ${classification.reason}${until}`;
}

function handle(request: Request, name: MessageName): void {
  const description = `${DESCRIPTIONS[name]}: ${JSON.stringify(EXAMPLES[name])}`;
  setHandler(updateOf(name), (message) => request.turns.take(() => takeUpdate(request, name, message)), {
    description,
    validator: (message) => {
      const objection = objectionTo(request.known, name, message);
      if (objection !== null) throw refused(objection);
    },
  });
  setHandler(signalOf(name), (message) => takeSignal(request, name, message), { description });
}

/** What was right when the message came may not be any more when its turn has come. */
async function takeUpdate(request: Request, name: MessageName, message: unknown): Promise<string> {
  try {
    return await takeNow(request, name, message, 'update');
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    request.noteRefused(name, 'update', refusal);
    throw refused(refusal);
  }
}

async function takeSignal(request: Request, name: MessageName, message: unknown): Promise<void> {
  // What makes no sense is refused at once, so that a flood of it costs nothing.
  const objection = objectionTo(request.known, name, message) ?? objectionToFlood(request);
  if (objection !== null && request.known !== null) return request.noteRefused(name, 'signal', objection);
  await request.turns.take(async () => {
    try {
      await takeNow(request, name, message, 'signal');
    } catch (error) {
      // It is being cancelled: nobody waits for this message any more.
      if (isCancellation(error)) return;
      const refusal = refusalOf(error);
      if (refusal === null) throw error;
      request.noteRefused(name, 'signal', refusal);
    }
  });
}

function objectionToFlood({ turns }: Request): string | null {
  return turns.waiting < MOST_WAITING
    ? null
    : `${MOST_WAITING} messages wait already. Nothing was changed. Send it again later.`;
}

async function takeNow(request: Request, name: MessageName, value: unknown, via: Via): Promise<string> {
  await condition(() => request.known !== null || request.refusal !== null);
  if (request.known === null) throw refused(request.refusal ?? 'It was refused.');
  const objection = objectionTo(request.known, name, value);
  if (objection !== null) throw refused(objection);
  const answer = await take(request, name, readMessage(name, value), via);
  request.changed();
  return answer;
}
