/** Nobody plans further ahead; a year that was mistyped would move everything beyond it. */
const YEARS_AHEAD = 2;

/** Why a date that a person gave cannot be taken, or null. `today` and `start`, of the plan, are dates. */
export function objectionToDate(date: string, today: string, start: string): string | null {
  const parsed = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== date) return `There is no day ${date}.`;
  if (date < today) return `${date} is past: today is ${today}.`;
  const from = start > today ? start : today;
  const last = `${Number(from.slice(0, 4)) + YEARS_AHEAD}-12-31`;
  return date > last ? `${date} is more than ${YEARS_AHEAD} years away.` : null;
}
