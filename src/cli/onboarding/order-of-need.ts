interface Sortable {
  readonly customer: string;
  readonly status: string;
  readonly health: string;
  readonly waitingOn: string | null;
  /** Date. */
  readonly due: string | null;
}

/**
 * What needs the project manager comes first: blocked, late, at risk where Speakap has to act; then by due date. What waits
 * for nobody, is paused or over stands last.
 */
export function inOrderOfNeed<Entry extends Sortable>(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted(
    (one, other) =>
      needOf(one) - needOf(other) ||
      (one.due ?? '9').localeCompare(other.due ?? '9') ||
      one.customer.localeCompare(other.customer),
  );
}

function needOf({ status, health, waitingOn }: Sortable): number {
  if (status === 'done' || status === 'cancelled') return 5;
  if (status === 'paused') return 4;
  if (health === 'blocked') return 0;
  if (health === 'late') return 1;
  return health === 'at risk' && waitingOn?.startsWith('speakap') === true ? 2 : 3;
}
