const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2 Dec` */
export function shortDate(date: string): string {
  const { day, month } = parts(date);
  return `${day} ${month.slice(0, 3)}`;
}

/** `2 December 2026` */
export function longDate(date: string): string {
  const { day, month, year } = parts(date);
  return `${day} ${month} ${year}`;
}

/** `12 to 15 January`, `29 January to 2 February`, `30 December 2026 to 4 January 2027`. */
export function fromTo(from: string, to: string): string {
  const [start, end] = [parts(from), parts(to)];
  if (start.year !== end.year) return `${longDate(from)} to ${longDate(to)}`;
  const startMonth = start.month === end.month ? '' : ` ${start.month}`;
  return `${start.day}${startMonth} to ${end.day} ${end.month}`;
}

/** `1 day`, `3 working days` */
export function days(count: number, one = 'day'): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function parts(date: string): { readonly day: number; readonly month: string; readonly year: string } {
  const [year = '', month = '', day = ''] = date.split('-');
  return { day: Number(day), month: MONTHS[Number(month) - 1] ?? '', year };
}
