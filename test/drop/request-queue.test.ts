import { describe, expect, it } from 'vitest';
import { RequestQueue } from '../../src/drop/request-queue.js';

describe('the queue of requests', () => {
  it('answers in the order of arrival, one at a time', async () => {
    const done: string[] = [];
    const queue = new RequestQueue(1000, () => undefined);
    for (const [name, ms] of [
      ['slow', 20],
      ['quick', 0],
    ] as const) {
      queue.add(1, async () => {
        done.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, ms));
        done.push(`${name} ends`);
      });
    }
    await queue.drained();
    expect(done).toEqual(['slow begins', 'slow ends', 'quick begins', 'quick ends']);
  });

  it('says when too much waits, and again when half of it is done', async () => {
    const said: boolean[] = [];
    const goOn: (() => void)[] = [];
    const queue = new RequestQueue(100, (isFull) => said.push(isFull));
    for (let request = 0; request < 3; request += 1) {
      queue.add(50, () => new Promise<void>((resolve) => goOn.push(resolve)));
    }
    expect(said).toEqual([true]);
    for (let request = 0; request < 3; request += 1) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      goOn.shift()?.();
    }
    await queue.drained();
    expect(said).toEqual([true, false]);
  });
});
