import type { MissingGuard } from '../mapping/mapping.js';

/** Since when no row names somebody, and in how many accepted deliveries in a row, the first of them counted. */
export interface Absence {
  readonly since: Date;
  readonly snapshots: number;
}

/** Until when an absence is waited for: null: no longer; `delivery`: time alone does not end it. */
export function waitsForMissing(
  { snapshots, days }: MissingGuard,
  absence: Absence,
  now: Date,
): Date | 'delivery' | null {
  if (absence.snapshots < snapshots) return 'delivery';
  if (days === 0) return null;
  const over = new Date(absence.since.getTime() + days * 86_400_000);
  return over > now ? over : null;
}
