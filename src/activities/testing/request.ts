import type { TestRef } from '../../connections/test/test-spaces.js';
import { toCustomerId } from '../../sync/ids.js';

/** Which test an activity is about. */
export interface TestRequest {
  readonly customer: string;
  readonly number: number;
}

export function refOf({ customer, number }: TestRequest): TestRef {
  return { customer: toCustomerId(customer), number };
}
