import { ScheduleNotFoundError, type ScheduleDescription, type ScheduleHandle } from '@temporalio/client';

/** null when there is no such schedule. */
export async function describeIfThere(handle: ScheduleHandle): Promise<ScheduleDescription | null> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

/** Whether there was one. */
export async function deleteIfThere(handle: ScheduleHandle): Promise<boolean> {
  try {
    await handle.delete();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}

/** The times that are nearest to now, three on each side. */
export function nearTimes({ info }: ScheduleDescription): {
  readonly next: readonly Date[];
  readonly last: readonly Date[];
} {
  return {
    next: info.nextActionTimes.slice(0, 3),
    last: info.recentActions.slice(-3).map(({ scheduledAt }) => scheduledAt),
  };
}
