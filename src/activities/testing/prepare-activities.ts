import type { ActivityParts } from '../parts.js';
import { anonymiseInto } from './anonymise.js';
import type { TestRequest } from './request.js';
export function createPrepareActivities(parts: ActivityParts) {
  return {
    async anonymiseRecord(request: TestRequest): Promise<{ readonly note: string }> {
      return anonymiseInto(parts, request, 'day-1');
    },
  };
}
