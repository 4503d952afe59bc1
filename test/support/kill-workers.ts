import { until } from './until.js';
import type { WorkerProcess } from './worker-process.js';

/**
 * Kills the older of two workers again and again while something is told to them. Two, so that one goes on while the
 * other one starts: whatever the killed one held waits for Temporal to notice.
 * @param moment Answers when the next one is to be killed.
 * @param tell Awaits `beforeTheLast` before its last step, so that it cannot be over before the last kill.
 */
export async function killWorkersWhile<Told>(
  { kills, start, moment }: { kills: number; start: () => WorkerProcess; moment: () => Promise<void> },
  tell: (beforeTheLast: () => Promise<void>) => Promise<Told>,
): Promise<Told> {
  const workers = [start(), start()];
  try {
    let killed = 0;
    const told = tell(() => until(async () => killed >= kills - 1, 300, 200));
    told.catch(() => undefined);
    for (; killed < kills; killed += 1) {
      await moment();
      await workers.shift()?.kill();
      workers.push(start());
    }
    return await told;
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
  }
}
