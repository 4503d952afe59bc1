import { GUARDED_KINDS, type GuardedKind } from '../sync/guarded-kind.js';

/** How many people more than approved a run may change, per kind: a tenth, and never fewer than five. */
export const TOLERANCE = { share: 0.1, people: 5 };

export type Counts = Readonly<Partial<Record<GuardedKind, number>>>;

/**
 * The limits of the one run that applies a version: what the dry run showed and the customer approved, with a tolerance for
 * what the record brings in between. Beyond it everything of the run is held.
 */
export function ownLimits(approved: Counts): Readonly<Record<GuardedKind, number>> {
  const limits = GUARDED_KINDS.map((kind) => [kind, withTolerance(approved[kind] ?? 0)] as const);
  return Object.fromEntries(limits) as Record<GuardedKind, number>;
}

function withTolerance(people: number): number {
  return people + Math.max(TOLERANCE.people, Math.ceil(people * TOLERANCE.share));
}
