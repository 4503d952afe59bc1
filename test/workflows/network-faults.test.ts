import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NetworkReport } from '../../src/sandbox/control/report.js';
import type { RunResult } from '../../src/workflows/messages.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

let world: World;
const everybody = madeUpPeople(1, 40);

beforeEach(async () => {
  world = await openWorld();
  await world.useMapping(MAPPING);
  await world.startWorker();
  await world.deliver(csvOf(everybody));
});

afterEach(() => world.close());

function fault(input: Parameters<World['sandbox']['control']['addFault']>[0]): void {
  world.sandbox.control.addFault({ network: world.networkEid, ...input });
}

function managed({ people }: NetworkReport): NetworkReport['people'] {
  return people.filter(({ xid }) => xid !== null);
}

/** Everybody once, everybody invited once, nobody without a group. */
function expectEverybodyOnce(): void {
  const report = world.network();
  const people = managed(report);
  expect(people).toHaveLength(everybody.length);
  expect(new Set(people.map(({ xid }) => xid)).size).toBe(everybody.length);
  expect(people.every(({ groups, active, invited }) => groups.length === 2 && active && invited)).toBe(true);
  const sent = Object.entries(report.invitationsByAddress).filter(([address]) => address.endsWith('@people.example'));
  expect(sent).toHaveLength(everybody.length);
  expect(sent.every(([, times]) => times === 1)).toBe(true);
}

async function run(): Promise<RunResult> {
  return (await world.start('live', { delivery: 'last' })).result();
}

test.each([
  ['answers lost after their effect', { kind: 'reset_after', share: 0.15 }],
  ['connections reset before their effect', { kind: 'reset_before', share: 0.15 }],
  ['passing server errors', { kind: 'status', status: 500, share: 0.1 }],
  ['server errors after their effect', { kind: 'status', status: 500, share: 0.1, afterEffect: true }],
  ['a network that asks to wait', { kind: 'status', status: 429, retryAfter: 1, times: 3 }],
] as const)('%s: everybody is there once in the end', async (_, input) => {
  fault({ ...input });
  const first = await run();
  world.sandbox.control.clearFaults();
  // What did not succeed stays due and is done by the next run.
  const last = first.failed > 0 || first.status !== 'done' ? await run() : first;
  expect(last).toMatchObject({ status: 'done', failed: 0 });
  expectEverybodyOnce();
});

test('a revoked token ends the run with a sentence, and nothing was changed; renewed, the next run completes', async () => {
  fault({ kind: 'status', status: 401 });
  await expect(run()).rejects.toThrow();
  expect(await lastProblem()).toMatch(/401|token|credential/i);
  expect(managed(world.network())).toHaveLength(0);
  world.sandbox.control.clearFaults();
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expectEverybodyOnce();
});

test('a missing permission in the middle stops the run and names the call; granted, the next run completes', async () => {
  fault({ kind: 'status', status: 403, path: '/invite' });
  await expect(run()).rejects.toThrow();
  expect(await lastProblem()).toMatch(/invite/);
  expect(managed(world.network())).toHaveLength(everybody.length);
  world.sandbox.control.clearFaults();
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expectEverybodyOnce();
});

test('feature 16: one person that the network refuses does not stop the others, and is tried again by the next run', async () => {
  fault({ kind: 'status', status: 404, method: 'POST', path: '/scim/v2/Users', times: 1 });
  const result = await run();
  expect(result).toMatchObject({ status: 'done', failed: 1 });
  expect(managed(world.network())).toHaveLength(everybody.length - 1);
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expectEverybodyOnce();
});

test('a network that refuses most changes stops the run', async () => {
  fault({ kind: 'status', status: 400, method: 'POST', path: '/users/*/groups/add' });
  await world.deliver(csvOf(madeUpPeople(1, 80)));
  await expect(run()).rejects.toThrow();
  expect(await lastProblem()).toMatch(/changes failed, so the run was stopped/);
});

test('a network that hangs for a while is waited for', async () => {
  fault({ kind: 'slow', delayMs: 1500, share: 0.1 });
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expectEverybodyOnce();
});

test('who leaves before activating and comes back is the same account, and is invited anew', async () => {
  await run();
  const before = managed(world.network()).map(({ eid }) => eid);
  await world.deliver(csvOf(everybody.slice(0, 38)));
  await run();
  expect(managed(world.network()).filter(({ active }) => !active)).toHaveLength(2);
  await world.deliver(csvOf([...everybody.slice(1), { id: '1', title: 'Baker' }]));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  const report = world.network();
  expect(managed(report).map(({ eid }) => eid)).toEqual(before);
  expect(managed(report).every(({ active, invited }) => active && invited)).toBe(true);
  expect(report.invitationsByAddress).toMatchObject({ 'p38@people.example': 1, 'p39@people.example': 2 });
});

async function lastProblem(): Promise<string> {
  const { rows } = await world.database.pool.query<{ problem: string }>(
    'SELECT problem FROM run ORDER BY id DESC LIMIT 1',
  );
  return rows[0]?.problem ?? '';
}
