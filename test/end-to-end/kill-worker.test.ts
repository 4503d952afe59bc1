import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectedPeople, shownPeople, woodgroveFile } from '../support/woodgrove.js';
import { startWorkerProcess } from '../support/worker-process.js';
import { openWorld, type World } from '../support/world.js';

const KILLS = 10;
let world: World;

beforeAll(async () => {
  world = await openWorld({ customer: 'woodgrove' });
  await world.useMapping((await woodgroveFile('mapping.yaml')).toString('utf8'));
});

afterAll(() => world.close());

test(
  'feature 18: a worker that is killed ten times while it applies leaves the same network, with nobody in it twice',
  async () => {
    // Slow answers, so that ten kills fit between the first change and the last.
    world.sandbox.control.addFault({ network: world.networkEid, kind: 'slow', delayMs: 60 });
    await world.deliver(await woodgroveFile('day-1.csv'));
    let worker = startWorkerProcess(world);
    const run = await world.start('live');
    let kills = 0;
    let seen = 0;
    while (kills < KILLS) {
      const done = await changesDone();
      const { status } = await world.temporal.client.workflow.getHandle(run.workflowId).describe();
      if (status.name !== 'RUNNING') break;
      if (done <= seen) {
        await sleep(20);
        continue;
      }
      await sleep(Math.random() * 300);
      await worker.kill();
      kills += 1;
      seen = await changesDone();
      worker = startWorkerProcess(world);
    }
    expect(await run.result()).toMatchObject({ status: 'done', failed: 0, held: 0 });
    expect(await worker.stop()).toBe(0);

    expect(kills).toBe(KILLS);
    expect(shownPeople(world.network())).toEqual(await expectedPeople('day-1.csv'));
    expect(new Set(world.network().people.map(({ userName }) => userName)).size).toBe(world.network().people.length);
    const { rows } = await world.database.pool.query('SELECT 1 FROM change WHERE status <> $1', ['done']);
    expect(rows).toEqual([]);
  },
  10 * 60_000,
);

async function changesDone(): Promise<number> {
  const { rows } = await world.database.pool.query<{ done: number }>(
    `SELECT count(*) AS done FROM change WHERE status = 'done'`,
  );
  return rows[0]?.done ?? 0;
}
