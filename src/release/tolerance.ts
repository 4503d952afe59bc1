import type { KindCounts, Tolerance } from './types.js';

/** A kind of change of which a fresh plan has more, or fewer, than was approved. */
export interface Excess {
  readonly kind: string;
  readonly approved: number;
  readonly fresh: number;
  /** So many more or fewer would have been let through. */
  readonly allowed: number;
}

/** Kinds in which a fresh plan is further from the approved one than the tolerance lets it; none: it may be applied. */
export function beyondTolerance(approved: KindCounts, fresh: KindCounts, tolerance: Tolerance): readonly Excess[] {
  const kinds = [...new Set([...Object.keys(approved), ...Object.keys(fresh)])].sort();
  return kinds.flatMap((kind): readonly Excess[] => {
    const [before, now] = [approved[kind] ?? 0, fresh[kind] ?? 0];
    const allowed = Math.max(tolerance.floor, Math.floor((before * tolerance.percent) / 100));
    return Math.abs(now - before) > allowed ? [{ kind, approved: before, fresh: now, allowed }] : [];
  });
}

/** `create: 60 instead of the approved 40, where 5 more or fewer are let through` */
export function excessWords(all: readonly Excess[]): string {
  return all
    .map(
      ({ kind, approved, fresh, allowed }) =>
        `${kind}: ${fresh} instead of the approved ${approved}, where ${allowed} more or fewer are let through`,
    )
    .join('; ');
}
