/** `Wednesday 2 December 2026`, on the clocks of the zone. @throws RangeError when the zone is unknown. */
export function dayWords(instant: Date, timeZone: string): string {
  const { weekday, day, month, year } = partsOf(instant, timeZone);
  return `${weekday} ${day} ${month} ${year}`;
}

/** `Wednesday 2 December 2026, 17:00`, on the clocks of the zone. @throws RangeError when the zone is unknown. */
export function timeWords(instant: Date, timeZone: string): string {
  const { hour, minute } = partsOf(instant, timeZone);
  return `${dayWords(instant, timeZone)}, ${hour}:${minute}`;
}

function partsOf(instant: Date, timeZone: string): Readonly<Partial<Record<Intl.DateTimeFormatPartTypes, string>>> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}
