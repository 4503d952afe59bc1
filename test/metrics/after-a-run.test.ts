import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../../src/log.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { csvOf, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { openWorld, type World } from '../support/world.js';
import { get, readSamples, valueOf, type Sample } from './prometheus.js';

const PEOPLE = [
  { id: '0004711', first: 'Quirijn', last: 'Vandersteen', mail: 'quirijn@people.example', unit: 'Haarlem' },
  { id: '0004712', first: 'Wilhelmina', last: 'Oosterhuis', mail: 'wilhelmina@people.example', unit: 'Haarlem' },
  { id: '0004713', first: 'Thijmen', last: 'Roodenburg', mail: 'thijmen@people.example', unit: 'Zwolle' },
];

let world: World;
let text: string;
let samples: readonly Sample[];

beforeAll(async () => {
  // Before the world does it without metrics: it is done once a process.
  await installRuntime(createLogger('silent'), true);
  world = await openWorld({ env: { USERSYNC_METRICS_ADDRESS: '127.0.0.1:0' } });
  const worker = await world.startWorker();
  await world.useMapping(MAPPING);
  await world.deliver(csvOf(PEOPLE));
  const run = await world.start('live');
  expect(await run.result()).toMatchObject({ status: 'done' });
  await until(async () => {
    text = (await get(`${worker.metricsUrl}/metrics`)).text;
    samples = readSamples(text);
    return valueOf(samples, 'usersync_runs_total') === 1;
  });
});

afterAll(() => world.close());

describe('the metrics after a run', () => {
  test('count what it did', () => {
    const { customer } = world;
    expect(valueOf(samples, 'usersync_runs_total', { customer, status: 'done' })).toBe(1);
    expect(valueOf(samples, 'usersync_changes_total', { customer, kind: 'create', status: 'done' })).toBe(
      PEOPLE.length,
    );
    expect(valueOf(samples, 'usersync_snapshots_accepted_total', { customer })).toBe(1);
    expect(valueOf(samples, 'usersync_held_changes', { customer })).toBe(0);
    expect(valueOf(samples, 'usersync_network_request_seconds_count', { customer })).toBeGreaterThan(0);
  });

  test('show the work of Temporal', () => {
    const done = samples.filter(({ name }) => name === 'temporal_workflow_completed');
    expect(done.map(({ labels }) => labels['workflow_type'])).toContain('dailySync');
  });

  test('name nobody: no value of the record is in them', () => {
    const values = PEOPLE.flatMap(({ id, first, last, mail, unit }) => [id, first, last, mail, unit, `p${id}`]);
    for (const value of values) expect(text.toLowerCase()).not.toContain(value.toLowerCase());
  });

  test('have labels with few values only', () => {
    const labels = new Set(
      samples.filter(({ name }) => name.startsWith('usersync_')).flatMap((sample) => Object.keys(sample.labels)),
    );
    expect([...labels].sort()).toEqual(['call', 'customer', 'kind', 'le', 'status']);
  });
});
