import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { customerKey, managerKey } from '../search-attributes.js';
import type { TestOrder } from './messages.js';
import { testOnCopy } from './test-on-copy.js';

/** Starts a test that goes on, and removes itself, whatever becomes of the workflow that begins it. */
export async function startTest(
  order: TestOrder,
  { manager, version }: { readonly manager: string; readonly version: number },
): Promise<void> {
  const { customer, number } = order;
  await startChild(testOnCopy, {
    workflowId: testId(order),
    args: [order],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `Test ${number} of ${customer} on an anonymised copy, version ${version}`,
    typedSearchAttributes: [
      { key: customerKey, value: customer },
      { key: managerKey, value: manager },
    ],
  });
}

export function testId({ customer, number }: Pick<TestOrder, 'customer' | 'number'>): string {
  return `test/${customer}/${number}`;
}
