import { ApplicationFailure, ParentClosePolicy, setCurrentDetails, startChild } from '@temporalio/workflow';
import { objectionToOrder } from '../../change-requests/forms.js';
import type { ChangeOrder } from '../../change-requests/messages.js';
import { onboardingActivities } from '../onboarding/activities.js';
import { refusalOf } from '../onboarding/refusal.js';
import { customerKey, managerKey } from '../search-attributes.js';
import { changeRequest } from './change-request.js';
import { changeId } from './messages.js';

/** Files a change request from the Temporal UI: Postgres issues its number, and its own workflow goes on with it. */
export async function fileChange(order: ChangeOrder): Promise<string> {
  const objection = objectionToOrder(order);
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, 'BadOrder');
  const { number, manager } = await issueNumber(order);
  const workflowId = changeId(order.customer, number);
  await startChild(changeRequest, {
    workflowId,
    args: [{ ...order, number }],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `Change ${number} of ${order.customer}`,
    typedSearchAttributes: [
      { key: customerKey, value: order.customer },
      { key: managerKey, value: manager },
    ],
  });
  setCurrentDetails(`Filed as **${workflowId}**.`);
  return workflowId;
}

async function issueNumber(order: ChangeOrder) {
  try {
    return await onboardingActivities('issue the number').issueChangeNumber({ order });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    throw ApplicationFailure.nonRetryable(refusal, 'Refused');
  }
}
