import { isTimeZone, nearestTimeZone } from '../../onboarding/calendar/zones.js';
import { text } from '../yaml/shapes.js';

/** An IANA name that this Node knows. */
export const timeZone = text.superRefine((value, context) => {
  if (isTimeZone(value)) return;
  const suggestion = nearestTimeZone(value);
  const help = suggestion === null ? 'Write it as Europe/Amsterdam.' : `Did you mean "${suggestion}"?`;
  context.addIssue({ code: 'custom', message: `"${value}" is no IANA time zone. ${help}` });
});
