import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure, isCancellation } from '@temporalio/workflow';

/** Refuses a message with a sentence. Without a stack: in the Temporal UI it would stand below the sentence, and help nobody. */
export function refused(sentence: string): ApplicationFailure {
  const failure = ApplicationFailure.nonRetryable(sentence, 'Refused');
  failure.stack = '';
  return failure;
}

/**
 * The sentence in which a step said that it cannot be done; null for what is no refusal: a mistake in this code, which
 * Temporal tries again, or a cancellation.
 */
export function refusalOf(error: unknown): string | null {
  if (isCancellation(error)) return null;
  if (error instanceof ApplicationFailure) return error.message;
  if (error instanceof WorkflowExecutionAlreadyStartedError) return 'A workflow of this id is under way already.';
  if (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) {
    return error.cause === undefined ? error.message : (refusalOf(error.cause) ?? error.cause.message);
  }
  return null;
}
