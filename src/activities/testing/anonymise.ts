import type { ActivityParts } from '../parts.js';
import type { TestRequest } from './request.js';
export async function anonymiseInto(_parts: ActivityParts, _request: TestRequest, _name: string): Promise<{ note: string }> {
  throw new Error('later');
}
