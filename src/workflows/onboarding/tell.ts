import type { ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.js';
import { addProblem, forgetProblem } from '../../onboarding/state.js';
import { activities } from '../activities.js';
import type { Course } from './course.js';
import { refusalOf } from './refusal.js';

/** A mail server may be slow, and asks for patience; an activity that sends several mails waits for each. */
const MINUTES = 15;
const ATTEMPTS = 3;

interface Told {
  readonly inDoubt: number;
}

/** Mail never holds up what it is about: what could not be sent is shown, and sent again with "retry" or the next reminder. */
export async function tell(
  course: Course,
  summary: string,
  send: (mail: ActivityInterfaceFor<Activities>) => Promise<Told>,
): Promise<void> {
  const { state } = course;
  try {
    const { inDoubt } = await send(activities(summary, { minutes: MINUTES, heartbeatSeconds: 60, attempts: ATTEMPTS }));
    state.mailsInDoubt += inDoubt;
    forgetProblem(state, 'mail');
  } catch (error) {
    const text = refusalOf(error);
    if (text === null) throw error;
    addProblem(state, { about: 'mail', text, until: 'a while' });
    course.noteSystem('could not be mailed', 'mail', text);
  }
}
