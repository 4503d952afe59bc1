import { readTest } from '../../store/tests.js';
import type { ActivityParts } from '../parts.js';
import type { TestRequest } from './request.js';
export async function scanOf(parts: ActivityParts, request: TestRequest): Promise<void> {
  await readTest(parts.database, request.customer, request.number);
}
