import { ApplicationFailure, executeChild, ParentClosePolicy } from '@temporalio/workflow';
import { dailySync } from '../daily-sync.js';
import { customerKey, managerKey } from '../search-attributes.js';

export interface Rehearsal {
  readonly customer: string;
  readonly manager: string;
  /** What makes its workflow id another one than that of any other dry run. */
  readonly key: string;
  /** Of the mapping. */
  readonly version: number;
  readonly by: string;
}

/**
 * A dry run of one version of the mapping on the latest employee record. Answers its number.
 * @throws a refusal with the run's own sentence, when it could not be planned.
 */
export async function rehearse({ customer, manager, key, version, by }: Rehearsal): Promise<number> {
  const result = await executeChild(dailySync, {
    workflowId: `daily-sync/${customer}/dry/${key}`,
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
