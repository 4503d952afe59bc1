import type { Limit } from '../mapping/mapping.js';

/** The fewer of a share and a count, but never below `floor`: two leavers of a 20-person network are no alarm. */
export function allowedChanges(limit: Limit, managedPeople: number): number {
  const byShare = Math.floor((limit.percent / 100) * managedPeople);
  return Math.max(limit.floor, Math.min(limit.count, byShare));
}
