import type { Limit } from '../mapping/mapping.js';

/** The fewer of a share and a count, but never below `floor`: two leavers of a 20-person network are no alarm. */
export function allowedChanges({ percent, count, floor }: Limit, people: number): number {
  const byShare = percent === null ? Infinity : Math.floor((percent / 100) * people);
  return Math.max(floor, Math.min(count ?? Infinity, byShare));
}
