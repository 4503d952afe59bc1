import { note, type Occasion } from '../../onboarding/events.js';
import { objectionToSide } from '../../onboarding/acts/people.js';
import type { Tested } from '../messages.js';
import type { ChangeState } from '../state.js';
import { sendBack } from './proposing.js';

/*
 * The test on an anonymised copy, `test/{customer}/{n}`, is not there yet: a person at Speakap tests by hand and checks it off. When it
 * is, the workflow starts it in the step `testing` and takes its outcome as it takes this message.
 */

export function objectionToTested(state: ChangeState, message: Tested): string | null {
  const objection = objectionToSide(state, message, 'speakap', 'The outcome of a test');
  if (objection !== null) return objection;
  const { proposal, step } = state;
  if (step !== 'testing' || proposal === null) return `Nothing is tested now: it waits for the step "${step}".`;
  return message.version === proposal.version
    ? null
    : `The test is about version ${message.version}, and version ${proposal.version} is open. Test that one.`;
}

export function takeTested(state: ChangeState, message: Tested, occasion: Occasion): string {
  const { version, passed, by, comment } = message;
  state.test = { version, passed, by, comment, at: occasion.at };
  note(state, message, occasion, {
    what: passed ? 'tested: passed' : 'tested: failed',
    about: `mapping/${version}`,
    text: comment,
  });
  if (passed) {
    state.step = 'applying';
    return `Version ${version} is tested, and is applied now.`;
  }
  sendBack(state);
  return `Version ${version} failed its test. The next one is made from what was found.`;
}
