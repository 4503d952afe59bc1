const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Left {
  readonly millisecondsLeft: number | null;
  readonly standsStill: boolean;
}

/** `3 d 4 h`, `5 h 20 min`, `2 h over`; in brackets while the clock stands still. */
export function leftWords({ millisecondsLeft, standsStill }: Left): string {
  if (millisecondsLeft === null) return '-';
  const words = spanWords(Math.abs(millisecondsLeft));
  const left = millisecondsLeft < 0 ? `${words} over` : words;
  return standsStill ? `(${left})` : left;
}

function spanWords(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR_MS);
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return `${hours} h ${Math.floor((milliseconds % HOUR_MS) / MINUTE_MS)} min`;
}
