import type { MissingGuard, Patience } from '../mapping/mapping.js';

/** Since when no row names somebody, and in how many accepted deliveries in a row, the first of them counted. */
export interface Absence {
  readonly since: Date;
  readonly snapshots: number;
}

/** Until when it is waited. `delivery`: time alone does not end it. */
export type Until = Date | 'delivery';

/** What becomes of somebody who is missing, and until when. */
export type AbsenceVerdict =
  | { readonly step: 'stays' | 'leaves groups'; readonly until: Until }
  | { readonly step: 'is suspended'; readonly until: null };

/** On which step of `guards.missing` somebody is. */
export function judgeAbsence(
  { leaveGroups, ...suspension }: MissingGuard,
  absence: Absence,
  now: Date,
): AbsenceVerdict {
  const until = waitsFor(suspension, absence, now);
  if (until === null) return { step: 'is suspended', until };
  if (leaveGroups === null) return { step: 'stays', until };
  const before = waitsFor(leaveGroups, absence, now);
  return before === null ? { step: 'leaves groups', until } : { step: 'stays', until: before };
}

/** Null: no longer. */
function waitsFor({ snapshots, days }: Patience, absence: Absence, now: Date): Until | null {
  if (absence.snapshots < snapshots) return 'delivery';
  if (days === 0) return null;
  const over = new Date(absence.since.getTime() + days * 86_400_000);
  return over > now ? over : null;
}
