import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so. @throws after `seconds` without it. */
export async function until(isSo: () => Promise<boolean> | boolean, seconds = 40): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`It was not so within ${seconds} seconds.`);
    await sleep(50);
  }
}
