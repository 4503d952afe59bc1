import { setCurrentDetails } from '@temporalio/workflow';
import type { RunOrder } from './messages.js';
import { checkOrder } from './order.js';
import { startInTurn } from './start-in-turn.js';

/** Starts `daily-sync/{customer}` when its turn has come. A schedule adds a time to the ids that it starts, so it starts this. */
export async function startDailySync(order: RunOrder): Promise<string> {
  checkOrder(order);
  const { workflowId } = await startInTurn(order, () =>
    setCurrentDetails(
      `An older run of **${order.customer}** is not finished. It is asked to give way, then tried again.`,
    ),
  );
  return workflowId;
}
