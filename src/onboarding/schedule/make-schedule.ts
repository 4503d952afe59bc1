import { GO_LIVE_ITEM, type Schedule, type ScheduleRequest } from './types.js';

/** Gives everything its dates. @throws ImpossiblePlan for needs that go in a circle, and for unknown or doubled ids. */
export function makeSchedule(request: ScheduleRequest, goLiveItem: string = GO_LIVE_ITEM): Schedule {
  throw new Error(`Not built yet: ${request.now} ${goLiveItem}`);
}
