import type { WorkflowHandle } from '@temporalio/client';

/** The page of a workflow as Temporal's UI shows it. */
export async function detailsOf(handle: WorkflowHandle): Promise<string> {
  const { currentDetails } = await handle.query<{ readonly currentDetails?: string }>('__temporal_workflow_metadata');
  return currentDetails ?? '';
}
