import { expect, test } from 'vitest';
import { askByHalves } from '../../src/apply/halves.js';
import { Forbidden, Refused } from '../../src/network/errors.js';

const parts = { signal: new AbortController().signal };
const everybody = Array.from({ length: 250 }, (_, index) => index + 1);

/** A call that is refused as a whole when one of these is in it. */
function refusing(bad: ReadonlySet<number>) {
  const calls: (readonly number[])[] = [];
  const asked = new Set<number>();
  const ask = (some: readonly number[]): Promise<void> => {
    calls.push(some);
    if (some.some((one) => bad.has(one))) return Promise.reject(new Refused('POST /invite', 'Refused.'));
    for (const one of some) asked.add(one);
    return Promise.resolve();
  };
  return { calls, asked, ask };
}

test('nobody is not asked for', async () => {
  const { calls, ask } = refusing(new Set());
  expect(await askByHalves(parts, [], ask)).toEqual(new Map());
  expect(calls).toHaveLength(0);
});

test('only those because of whom a call is refused are left out, in few calls', async () => {
  const bad = new Set([7, 8, 249]);
  const { calls, asked, ask } = refusing(bad);
  const problems = await askByHalves(parts, everybody, ask);
  expect([...problems].sort()).toEqual([...bad].map((one) => [one, 'Refused.']).sort());
  expect([...asked].sort((a, b) => a - b)).toEqual(everybody.filter((one) => !bad.has(one)));
  expect(calls.length).toBeLessThan(50);
});

test('a network that refuses everybody is not asked for each', async () => {
  const { calls, ask } = refusing(new Set(everybody));
  expect((await askByHalves(parts, everybody, ask)).size).toBe(250);
  expect(calls.length).toBeLessThan(120);
});

test('what everybody would meet is thrown at once', async () => {
  let calls = 0;
  const ask = (): Promise<void> => {
    calls += 1;
    return Promise.reject(new Forbidden('POST /invite', 'Forbidden.'));
  };
  await expect(askByHalves(parts, everybody, ask)).rejects.toThrow(Forbidden);
  expect(calls).toBe(1);
});
