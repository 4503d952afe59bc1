import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';

/** What a run failed with in the end. */
export interface Root {
  readonly type: string | null;
  readonly message: string;
  /** One word that is the same every day. */
  readonly cause: string;
}

/** Follows the causes of a failure to the first one. */
export function rootOf(error: unknown): Root {
  const isOfAnother = error instanceof ActivityFailure || error instanceof ChildWorkflowFailure;
  if (isOfAnother && error.cause !== undefined) return rootOf(error.cause);
  if (error instanceof ApplicationFailure) {
    const type = error.type ?? null;
    const [detail] = error.details ?? [];
    return { type, message: error.message, cause: typeof detail === 'string' ? detail : (type ?? 'unknown') };
  }
  return { type: null, message: error instanceof Error ? error.message : String(error), cause: 'unknown' };
}
