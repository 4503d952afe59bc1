import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';

const SWEEP_ID = 'sweep-tests';

/** Every ten minutes, what tests left that nobody ends any more is removed. One that is there stays as it is. */
export async function keepSweeping(client: Client, taskQueue: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: SWEEP_ID,
      spec: { intervals: [{ every: '10m' }] },
      action: {
        type: 'startWorkflow',
        workflowType: 'sweepTests',
        workflowId: SWEEP_ID,
        taskQueue,
        args: [],
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      memo: { note: 'removes what is left of tests whose workflow was terminated' },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
