import { didYouMean } from '../../sync/nearest.js';
import { text } from '../yaml/shapes.js';

/** An IANA name that this Node knows. */
export const timeZone = text.superRefine((value, context) => {
  if (isTimeZone(value)) return;
  const suggestion = didYouMean(value, Intl.supportedValuesOf('timeZone'));
  context.addIssue({
    code: 'custom',
    message: `"${value}" is no IANA time zone.${suggestion || ' Write it as Europe/Amsterdam.'}`,
  });
});

/** `Intl` also takes offsets, `+01:00`, which know no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
