import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeViews } from '../../src/cli/views/views.js';
import {
  customerKey,
  dueDateKey,
  goLiveKey,
  healthKey,
  iterationKey,
  managerKey,
  openQuestionsKey,
  phaseKey,
  waitingOnKey,
} from '../../src/workflows/search-attributes.js';
import { testTemporal, type TestTemporal } from '../support/test-temporal.js';
import { until } from '../support/until.js';
import { usersync } from './support.js';

/** A Wednesday. */
const NOW = new Date('2036-12-03T12:00:00Z');

let temporal: TestTemporal;

interface Listed {
  readonly waitingOn?: string;
  readonly health?: string;
  readonly manager?: string;
  readonly due?: string;
  readonly goLive?: string;
  readonly questions?: number;
  readonly iteration?: number;
  readonly type?: string;
  readonly phase?: string;
}

/** Workflows as project managers see them in the list; nobody has to carry them out for that. */
const WORKFLOWS: Readonly<Record<string, Listed>> = {
  'at-customer': { waitingOn: 'customer: HR manager', due: '2036-12-05T16:00:00Z', goLive: '2037-01-20T16:00:00Z' },
  'at-speakap': { waitingOn: 'speakap: implementation engineer', due: '2036-12-08T16:00:00Z', manager: 'staff-18' },
  late: { health: 'late', due: '2036-12-02T16:00:00Z', goLive: '2036-12-10T16:00:00Z' },
  blocked: { health: 'blocked', iteration: 4 },
  risky: { health: 'at risk', questions: 2 },
  paused: { health: 'paused' },
  concept: { type: 'mappingIteration', waitingOn: 'customer: approval of the mapping' },
  held: { type: 'dailySync', phase: 'daily sync: waiting for approval', health: 'at risk' },
  applying: { type: 'dailySync', phase: 'daily sync: applying' },
  change: { type: 'changeRequest', phase: 'change: mapping' },
  'broken-change': { type: 'changeRequest', phase: 'change: approval', health: 'late' },
};

beforeAll(async () => {
  temporal = await testTemporal();
  for (const [customer, listed] of Object.entries(WORKFLOWS)) await start(customer, listed);
  await until(async () => (await found('Customer IS NOT NULL')).length === Object.keys(WORKFLOWS).length);
});
afterAll(() => temporal?.close());

async function start(customer: string, listed: Listed): Promise<void> {
  const { type = 'onboarding', manager = 'staff-17', health = 'on track', phase = 'setup' } = listed;
  const { waitingOn, due, goLive, questions = 0, iteration = 0 } = listed;
  await temporal.client.workflow.start(type, {
    workflowId: `${type}/${customer}`,
    taskQueue: 'nobody',
    typedSearchAttributes: [
      { key: customerKey, value: customer },
      { key: managerKey, value: manager },
      { key: healthKey, value: health },
      { key: phaseKey, value: phase },
      { key: openQuestionsKey, value: questions },
      { key: iterationKey, value: iteration },
      ...(waitingOn === undefined ? [] : [{ key: waitingOnKey, value: waitingOn }]),
      ...(due === undefined ? [] : [{ key: dueDateKey, value: new Date(due) }]),
      ...(goLive === undefined ? [] : [{ key: goLiveKey, value: new Date(goLive) }]),
    ],
  });
}

async function found(query: string): Promise<readonly string[]> {
  const customers: string[] = [];
  for await (const { typedSearchAttributes } of temporal.client.workflow.list({ query })) {
    customers.push(typedSearchAttributes.get(customerKey) ?? 'none');
  }
  return customers.sort();
}

describe('views', () => {
  const ONBOARDINGS = ['at-customer', 'at-speakap', 'blocked', 'late', 'paused', 'risky'];

  test.each([
    ['Implementations under way', ONBOARDINGS],
    ['Waiting on the customer', ['at-customer']],
    ['Waiting on Speakap', ['at-speakap']],
    ['Late or blocked', ['blocked', 'late']],
    ['At risk', ['risky']],
    ['Over due', ['late']],
    ['Due this week', ['at-customer']],
    ['Open questions', ['risky']],
    ['Concepts to decide about', ['concept']],
    ['Changes under way', ['broken-change', 'change']],
    ['Changes whose promise is in danger', ['broken-change']],
    ['Third concept or later', ['blocked']],
    ['Going live in the next 14 days', ['late']],
    ['Paused', ['paused']],
    ['Runs held by a guard', ['held']],
    ['Runs with failures', ['held']],
  ])('"%s" finds %j', async (name, customers) => {
    const view = makeViews(NOW, null).find((entry) => entry.name === name);
    expect(await found(view?.query ?? '')).toEqual(customers);
  });

  test('every one of them is tried here', () => {
    expect(makeViews(NOW, null)).toHaveLength(16);
  });

  test('of one project manager find only theirs, and parse', async () => {
    const mine = makeViews(NOW, 'staff-18');
    expect(await found(mine[0]?.query ?? '')).toEqual(['at-speakap']);
    for (const { query } of mine) await expect(found(query)).resolves.toBeDefined();
  });

  test('are printed with how to save them, and for programs', async () => {
    const answer = await usersync(['views', '--manager', 'staff-17']);
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain('WaitingOn STARTS_WITH "customer" AND Manager = "staff-17"');
    expect(answer.stdout).toContain('Made for today, and to be asked for again later: "Over due", "Due this week"');
    const { views } = (await usersync(['views', '--json'])).json() as { readonly views: readonly object[] };
    expect(views.map((view) => Object.keys(view))[0]).toEqual(['name', 'shows', 'query', 'hasDates']);
    expect((await usersync(['views', '--manager', 'a" OR "'])).code).toBe(2);
  });
});
