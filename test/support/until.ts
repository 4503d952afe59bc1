import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something is so. `slowest`: milliseconds between two looks at most, for what costs something to look at; they
 * begin with 50. @throws after `seconds` without it.
 */
export async function until(isSo: () => Promise<boolean> | boolean, seconds = 40, slowest = 50): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (let pause = 50; !(await isSo()); pause = Math.min(slowest, pause * 1.5)) {
    if (performance.now() > end) throw new Error(`It was not so within ${seconds} seconds.`);
    await sleep(pause);
  }
}
