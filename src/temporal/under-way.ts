import { WorkflowNotFoundError, type Client } from '@temporalio/client';

/** Whether a workflow of this id is under way. */
export async function isUnderWay(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
