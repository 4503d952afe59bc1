import { afterEach, beforeEach, expect, test } from 'vitest';
import { payloadOf } from '../../src/cli/sync/payload.js';
import { renderPayload } from '../../src/report/payload-text.js';
import { toXid } from '../../src/sync/ids.js';
import { estimateRequests, type RequestEstimate } from '../../src/apply/estimate-requests.js';
import { requestsToRead } from '../../src/network/speakap/paging.js';
import { readRequestFacts } from '../../src/store/request-facts.js';
import { findRun } from '../../src/store/runs.js';
import { csvOf, madeUpPeople, MAPPING, type MadeUpPerson } from '../support/people.js';
import { openWorld, type World } from '../support/world.js';

/** So far an estimate may be off: a run whose network answers at once and refuses nothing. */
const TOLERANCE = 0.1;
const BATCH = 20;

let world: World;

beforeEach(async () => {
  world = await openWorld({ env: { USERSYNC_BATCH_SIZE: String(BATCH) } });
  await world.startWorker();
  await world.useMapping(MAPPING);
});

afterEach(() => world.close());

async function dryRun(people: readonly MadeUpPerson[]): Promise<RequestEstimate> {
  await world.deliver(csvOf(people));
  const before = world.network();
  expect(await (await world.start('dry')).result()).toMatchObject({ status: 'done' });
  expect(world.network()).toEqual(before);
  const run = await findRun(world.database, world.customer, null);
  const facts = await readRequestFacts(world.database, world.customer, run?.id ?? 0, ['planned']);
  return estimateRequests(facts, { requestsPerSecond: 5, batchSize: BATCH, requestsToRead });
}

/** The requests of a live run by the sandbox's own count. */
async function liveRun(): Promise<number> {
  world.sandbox.control.clearRequests(world.networkEid);
  expect(await (await world.start('live', { delivery: 'last' })).result()).toMatchObject({ status: 'done', failed: 0 });
  expect(await changesOf(2)).toEqual(await changesOf(1));
  return world.sandbox.control.requests(world.networkEid).total;
}

/** What a run planned, in its order and word for word: 1 is the newest run, 2 the one before it. */
async function changesOf(newest: number): Promise<readonly object[]> {
  const { rows } = await world.database.pool.query<object>(
    'SELECT kind, xid, change FROM change WHERE run_id = (SELECT id FROM run ORDER BY id DESC OFFSET $1 LIMIT 1) ORDER BY seq',
    [newest - 1],
  );
  return rows;
}

function expectNear(estimate: RequestEstimate, requests: number): void {
  const report = JSON.stringify(
    { ...estimate, real: world.sandbox.control.requests(world.networkEid).requests },
    null,
    1,
  );
  expect(Math.abs(estimate.requests - requests), report).toBeLessThanOrEqual(TOLERANCE * requests);
}

test('feature 1: a dry run changes nothing and lists what the live run then does, with its requests within a tenth', async () => {
  const dayOne = madeUpPeople(1, 60).map((person, index) => (index === 4 ? { ...person, title: 'Director' } : person));
  const first = await dryRun(dayOne);
  expect(first.counts).toContainEqual({ what: 'create', requests: 60 });
  expect(first.seconds).toBe(first.requests / 5);
  expectNear(first, await liveRun());

  // Ten have another job, five moved, two left, three came, one became administrator.
  const dayTwo = dayOne.slice(2).map((person, index) => ({
    ...person,
    ...(index < 10 ? { title: 'Chief' } : {}),
    ...(index >= 10 && index < 15 ? { unit: 'Unit 9' } : {}),
    ...(index === 20 ? { title: 'Director' } : {}),
    ...(index === 30 ? { mail: 'another@people.example' } : {}),
  }));
  const second = await dryRun([...dayTwo, ...madeUpPeople(61, 63)]);
  expect(second.counts).toContainEqual({ what: 'suspend', requests: 4 });
  expectNear(second, await liveRun());

  const quiet = await dryRun([...dayTwo, ...madeUpPeople(61, 63)]);
  expect(quiet.counts.map(({ what }) => what)).toEqual(['read groups and roles']);
  expect(quiet.requests).toBe(await liveRun());
});

test('the payload of a dry run is what would be sent for one person, and nothing is sent', async () => {
  await dryRun(madeUpPeople(1, 3));
  const run = await findRun(world.database, world.customer, null);
  if (run === null) throw new Error('There was no run.');
  world.sandbox.control.clearRequests(world.networkEid);
  const text = renderPayload(await payloadOf(world.database, run, toXid('2')));
  expect(text).toMatch(/POST .*\/business-units\/\n.*application\/json/);
  expect(text).toContain('"externalId": "2"');
  expect(text).toContain('"value": "p2@people.example"');
  expect(text).toMatch(/POST .*\/users\/\{new user\}\/groups\/add\n.*\n {2}groups\[\] = \{new group 1\}/);
  expect(text).toContain('invitees[0][email] = p2@people.example');
  expect(text).not.toMatch(/p1@people|Unit 1/);
  expect(world.sandbox.control.requests(world.networkEid).total).toBe(0);

  const nobody = await payloadOf(world.database, run, toXid('0002'));
  expect(nobody.requests).toEqual([]);
  expect(nobody.notes[0]).toContain('The plan has no change for this XID.');
});
