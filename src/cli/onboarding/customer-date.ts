import { instantWords } from '../../report/words.js';

/** The date of an instant on the calendar of a time zone; null for a zone that nobody knows. */
export function dateIn(timeZone: string, instant: Date): string | null {
  try {
    return instantWords(instant, timeZone).slice(0, 10);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
