import {
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  condition,
  isCancellation,
  TemporalFailure,
} from '@temporalio/workflow';
import { rootOf } from '../root-of.js';
import type { ReleaseState } from './release-state.js';

/**
 * Does something that a pause or a stop ends at once, in good order; after a pause it is done again from its beginning. What goes
 * wrong in it pauses the release until a person says how to go on. @throws ApplicationFailure when the release is stopped
 */
export async function interruptible(state: ReleaseState, work: () => Promise<void>): Promise<void> {
  for (;;) {
    await state.mayGoOn();
    if (await tryOnce(state, work)) return;
  }
}

/** Whether it was done. */
async function tryOnce(state: ReleaseState, work: () => Promise<void>): Promise<boolean> {
  const scope = new CancellationScope();
  let isOver = false;
  const working = scope.run(work).finally(() => (isOver = true));
  const watching = condition(() => isOver || state.isHeldUp).then(() => {
    if (!isOver) scope.cancel();
  });
  // It is looked at below; until then nobody has to.
  watching.catch(() => undefined);
  try {
    await working;
    return true;
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    // The whole release is cancelled, and not only this.
    if (isCancellation(error) && !state.isHeldUp) throw error;
    if (!state.isHeldUp) state.pauseFor('the system', reasonOf(error));
    return false;
  } finally {
    await watching;
  }
}

/** A run that failed tells why in its own failure. */
export function reasonOf(error: unknown): string {
  if (error instanceof ChildWorkflowFailure && error.cause !== undefined) return reasonOf(error.cause);
  if (error instanceof ApplicationFailure && error.cause !== undefined && error.message === '')
    return reasonOf(error.cause);
  return rootOf(error).message;
}
