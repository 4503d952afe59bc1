import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import type { MessageName } from '../../onboarding/messages.js';
import { objectionTo } from '../../onboarding/objections.js';
import type { Via } from '../../onboarding/state.js';
import { readMessage } from '../../onboarding/forms.js';
import { take } from './acts.js';
import { hearOfConcept } from './concepts.js';
import type { Course } from './course.js';
import {
  conceptNewsSignal,
  DESCRIPTIONS,
  MESSAGE_NAMES,
  signalOf,
  stateQuery,
  updateOf,
  uploadedSignal,
  type Message,
} from './messages.js';
import { refusalOf } from './refusal.js';
import { EXAMPLES } from '../../onboarding/forms.js';

/** Every message is an update and a signal of the same name. */
export function handleMessages(course: Course): void {
  for (const name of MESSAGE_NAMES) handle(course, name);
  setHandler(uploadedSignal, () => {
    course.mayHaveArrived = true;
  });
  setHandler(conceptNewsSignal, (news) => course.turns.take(() => Promise.resolve(hearOfConcept(course, news))));
  setHandler(stateQuery, () => course.known);
}

function handle(course: Course, name: MessageName): void {
  const description = `${DESCRIPTIONS[name]}: ${JSON.stringify(EXAMPLES[name])}`;
  setHandler(updateOf(name), (message) => course.turns.take(() => takeUpdate(course, name, message)), {
    description,
    validator: (message) => {
      const objection = objectionTo(course.known, name, message, course.today);
      if (objection !== null) throw refused(objection);
    },
  });
  setHandler(signalOf(name), (message) => takeSignal(course, name, message), { description });
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
  await course.turns.take(async () => {
    try {
      await takeNow(course, name, message, 'signal');
    } catch (error) {
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

function refused(objection: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(objection, 'Refused');
}
