import { timeZoneProblem } from '../../onboarding/calendar/zones.js';
import { text } from '../yaml/shapes.js';

/** An IANA name that this Node knows. */
export const timeZone = text.superRefine((value, context) => {
  const problem = timeZoneProblem(value);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});
