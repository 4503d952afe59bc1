import { condition, isCancellation, setHandler } from '@temporalio/workflow';
import type { MessageName } from '../../onboarding/messages.js';
import { objectionTo } from '../../onboarding/objections.js';
import type { Via } from '../../onboarding/state.js';
import { EXAMPLES, readMessage } from '../../onboarding/forms.js';
import { take } from './acts.js';
import { hearOfConcept } from './concepts.js';
import type { Course } from './course.js';
import {
  conceptNewsSignal,
  DESCRIPTIONS,
  MESSAGE_NAMES,
  signalOf,
  stateQuery,
  testEndedSignal,
  updateOf,
  uploadedSignal,
  type Message,
} from './messages.js';
import { refusalOf, refused } from './refusal.js';

/** More than people send of what costs events, which all belong into one history. */
const MOST_WAITING = 50;
const COSTLY: readonly MessageName[] = ['approve', 'ask', 'comment', 'propose', 'reject', 'retry', 'test'];

/** Every message is an update and a signal of the same name. */
export function handleMessages(course: Course): void {
  for (const name of MESSAGE_NAMES) handle(course, name);
  setHandler(uploadedSignal, () => void (course.mayHaveArrived = true), {
    description: 'Something was uploaded: the system looks at once. Takes no value',
  });
  setHandler(testEndedSignal, () => void (course.mayHaveArrived = true), {
    description: 'Sent by tests, and not by people: the system looks how it ended',
  });
  // At once, and not in its turn: a concept that is being sent must not hold up the news of the one before.
  setHandler(conceptNewsSignal, (news) => hearOfConcept(course, news), {
    description: 'Sent by concepts of the mapping, and not by people',
  });
  setHandler(stateQuery, () => course.known);
}

function handle(course: Course, name: MessageName): void {
  const description = `${DESCRIPTIONS[name]}: ${JSON.stringify(EXAMPLES[name])}`;
  setHandler(updateOf(name), (message) => inTurn(course, name, () => takeUpdate(course, name, message)), {
    description,
    validator: (message) => {
      const objection = objectionTo(course.known, name, message, course.today);
      if (objection !== null) throw refused(objection);
    },
  });
  setHandler(signalOf(name), (message) => takeSignal(course, name, message), { description });
}

/** What ends everything waits for nobody. */
function inTurn<Result>(course: Course, name: MessageName, work: () => Promise<Result>): Promise<Result> {
  return name === 'cancel' ? work() : course.turns.take(work);
}

/** What was right when the message came may not be any more when its turn has come. */
async function takeUpdate(course: Course, name: MessageName, message: Message): Promise<string> {
  try {
    return await takeNow(course, name, message, 'update');
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    course.noteRefused(name, 'update', refusal);
    throw refused(refusal);
  }
}

async function takeSignal(course: Course, name: MessageName, message: unknown): Promise<void> {
  // What makes no sense is refused at once, so that a flood of it costs nothing.
  const objection = objectionTo(course.known, name, message, course.today);
  if (objection !== null && course.known !== null) return course.noteRefused(name, 'signal', objection);
  if (course.turns.waiting >= MOST_WAITING && COSTLY.includes(name)) {
    return course.noteRefused(
      name,
      'signal',
      `${MOST_WAITING} messages wait already. Nothing was changed. Send it again later.`,
    );
  }
  await inTurn(course, name, async () => {
    try {
      await takeNow(course, name, message, 'signal');
    } catch (error) {
      // It is being cancelled: nobody waits for this message any more.
      if (isCancellation(error)) return;
      const refusal = refusalOf(error);
      if (refusal === null) throw error;
      course.noteRefused(name, 'signal', refusal);
    }
  });
}

async function takeNow(course: Course, name: MessageName, value: unknown, via: Via): Promise<string> {
  if (course.known === null) await condition(() => course.known !== null);
  const objection = objectionTo(course.known, name, value, course.today);
  if (objection !== null) throw refused(objection);
  const answer = await take(course, name, readMessage(name, value), via);
  course.mayHaveArrived = true;
  course.changed();
  return answer;
}
