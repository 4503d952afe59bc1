import type { TimedCourse } from '../../../support/timed-course.js';

/** What happens to one customer from the first day to the last. */
export interface Story {
  /** Slug of the customer. */
  readonly customer: string;
  readonly timeZone?: string;
  /** Free days, by the days of the plan without them. */
  readonly holidays?: (date: (workingDay: number) => string) => readonly string[];
  /** Weeks after the common beginning. */
  readonly startsAfterWeeks?: number;
  readonly ends: 'done' | 'cancelled';
  tell(course: TimedCourse): Promise<void>;
}
