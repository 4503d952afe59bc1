import { ApplicationFailure, executeChild, ParentClosePolicy } from '@temporalio/workflow';
import { dailySync } from '../daily-sync.js';
import { customerKey, managerKey } from '../search-attributes.js';
import type { Course } from './course.js';

/**
 * A dry run of one version of the mapping on the latest employee record. Answers its number.
 * @throws a refusal with the run's own sentence, when it could not be planned.
 */
export async function rehearse({ state, now }: Course, version: number, key: string, by: string): Promise<number> {
  const { customer, manager, number } = state;
  const result = await executeChild(dailySync, {
    workflowId: `daily-sync/${customer}/dry/onboarding-${number}-${key}-${Date.parse(now)}`,
    args: [{ customer, kind: 'dry', requestedBy: by, delivery: 'last', mapping: version }],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `Dry run of version ${version} for ${customer}`,
    typedSearchAttributes: [
      { key: customerKey, value: customer },
      { key: managerKey, value: manager },
    ],
  });
  if (result.status === 'done') return result.run;
  throw ApplicationFailure.nonRetryable(
    `The dry run of version ${version} could not be made: ${result.problem ?? result.status}`,
    'Refused',
  );
}
