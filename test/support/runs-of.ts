import type { Client } from '@temporalio/client';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

/** One history of a workflow, or of one that it started. */
export interface RunHistory {
  readonly workflowId: string;
  readonly type: string;
  readonly events: number;
  readonly history: History;
}

/** Every history of a workflow: of all its parts, where it continued as new, and of all its children. */
export async function runsOf(client: Client, workflowId: string, runId: string): Promise<readonly RunHistory[]> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const events = history.events ?? [];
  const type = events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';
  const runs: RunHistory[] = [{ workflowId, type, events: events.length, history }];
  for (const event of events) {
    const next = event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    if (typeof next === 'string' && next !== '') runs.push(...(await runsOf(client, workflowId, next)));
    const child = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
    if (typeof child?.workflowId === 'string' && typeof child.runId === 'string')
      runs.push(...(await runsOf(client, child.workflowId, child.runId)));
  }
  return runs;
}
