import { DateTime } from 'luxon';

/** Working days of one plan, counted one by one: another way than the code that is tested takes. */
export class PlanDays {
  /** `first`: a Monday, or whatever day is meant to be the first. */
  constructor(
    readonly first: string,
    readonly timeZone: string,
    readonly holidays: readonly string[] = [],
  ) {}

  /** Date of a working day, counted from 1; 0 is the one before the first. */
  date(workingDay: number): string {
    let date = DateTime.fromISO(this.first, { zone: 'utc' });
    while (!this.isWorkingDay(date.toISODate() ?? '')) date = date.plus({ days: 1 });
    for (let left = workingDay - 1; left !== 0; left -= Math.sign(left)) {
      do date = date.plus({ days: Math.sign(left) });
      while (!this.isWorkingDay(date.toISODate() ?? ''));
    }
    return date.toISODate() ?? '';
  }

  isWorkingDay(date: string): boolean {
    return DateTime.fromISO(date, { zone: 'utc' }).weekday <= 5 && !this.holidays.includes(date);
  }

  /** The instant at which clocks of the customer show a time on a date. */
  instant(date: string, time: string): string {
    return DateTime.fromISO(`${date}T${time}`, { zone: this.timeZone }).toUTC().toISO() ?? '';
  }

  /** `2027-03-04 09:30` on the clocks of the customer. */
  local(instant: Date): string {
    return DateTime.fromJSDate(instant, { zone: this.timeZone }).toFormat('yyyy-MM-dd HH:mm');
  }
}
