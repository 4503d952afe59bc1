import type { Client } from '@temporalio/client';
import { CommandFailed } from '../errors.js';

/** Temporal's `TaskQueueType` for workflows. */
const WORKFLOW_TASKS = 1;

/** Nobody would carry out what is asked. Thrown before anything is started. */
export class NoWorker extends CommandFailed {
  constructor(taskQueue: string) {
    super(
      `No worker listens on the task queue "${taskQueue}", so nothing would happen. Nothing was started or changed. ` +
        'Start the stack with "npm start", or a worker, and check USERSYNC_TASK_QUEUE.',
    );
  }
}

/** A worker that ended is remembered by Temporal for some minutes, so this finds one that never was. @throws NoWorker */
export async function refuseWithoutWorker(client: Client, taskQueue: string): Promise<void> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: WORKFLOW_TASKS,
  });
  if ((pollers ?? []).length === 0) throw new NoWorker(taskQueue);
}
