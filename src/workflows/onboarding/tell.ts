import { condition, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.js';
import { addProblem, forgetProblem, type Problem } from '../../onboarding/state.js';
import { activities } from '../activities.js';
import { refusalOf } from './refusal.js';

/** Longest time for one attempt: several mails, each with a server that may be slow. */
const MINUTES = 15;
/** With waits that grow to five minutes: about half a day. */
const ATTEMPTS = 150;
const PATIENCE = '4s';

/** Whoever has something to tell: an onboarding, or a change request. */
export interface Teller {
  /** Mails that are still being tried. */
  telling: number;
  readonly state: { problems: Problem[] };
  noteQuietly(what: string, about: string | null, text: string | null): void;
  show(): void;
}

/**
 * Mail never holds up what it is about for long: what cannot be sent at once is shown, and tried on in the background. At most
 * once it is sent all the same.
 */
export async function tell(
  course: Teller,
  summary: string,
  send: (mail: ActivityInterfaceFor<Activities>) => Promise<unknown>,
): Promise<void> {
  const problem = `mail: ${summary}`;
  let isDone = false;
  course.telling += 1;
  const sending = sendAndNote(course, summary, send).finally(() => {
    isDone = true;
    course.telling -= 1;
    forgetProblem(course.state, problem);
    course.show();
  });
  if (await condition(() => isDone, PATIENCE, { summary: `mail: ${summary}`.slice(0, 180) })) return sending;
  const text = 'It could not be sent yet, and is tried on. Look at the mail server when this stays.';
  addProblem(course.state, { about: problem, text, until: 'somebody' });
  course.noteQuietly('could not be mailed yet', null, summary);
}

async function sendAndNote(
  course: Teller,
  summary: string,
  send: (mail: ActivityInterfaceFor<Activities>) => Promise<unknown>,
): Promise<void> {
  try {
    await send(activities(summary, { minutes: MINUTES, heartbeatSeconds: 60, attempts: ATTEMPTS }));
  } catch (error) {
    const text = refusalOf(error);
    if (text === null) throw error;
    addProblem(course.state, { about: `not mailed: ${summary}`, text, until: 'somebody' });
    course.noteQuietly('could not be mailed', null, text);
  }
}
