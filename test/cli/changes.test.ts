import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CONTACTS, openReleasedWorld } from '../support/change.js';
import { codeFor } from '../support/outbox.js';
import { MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import type { World } from '../support/world.js';
import { usersync, type Answer } from './support.js';

// Every step is a process of its own, on a machine that other tests use as well.
vi.setConfig({ testTimeout: 300_000 });

const { hr, manager, engineer } = CONTACTS;
const WITH_A_COUNTER = MAPPING.replace(
  'roles:',
  '  - department: { name: Counter }\n    when: Unit == "Unit 1"\nroles:',
);

let world: World;

beforeAll(async () => {
  world = await openReleasedWorld();
}, 300_000);

afterAll(() => world.close());

function say(...args: readonly string[]): Promise<Answer> {
  const env = {
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_ADDRESS: world.temporal.address,
    TEMPORAL_NAMESPACE: world.temporal.namespace,
    USERSYNC_DATA: world.config.dataFolder,
  };
  return usersync(['change', ...args], { env });
}

async function succeed(...args: readonly string[]): Promise<string> {
  const answer = await say(...args);
  expect(answer.stderr.replaceAll(/^(waiting|making|filing) .*\n/gm, '')).toBe('');
  expect(answer.code).toBe(0);
  return answer.stdout;
}

/** The sentence in which it is refused. */
async function refusal(...args: readonly string[]): Promise<string> {
  const answer = await say(...args);
  expect(answer.code).toBe(1);
  expect(answer.stdout).toBe('');
  return answer.stderr;
}

async function write(name: string, content: string): Promise<string> {
  const path = join(world.config.dataFolder, name);
  await writeFile(path, content);
  return path;
}

test('a change by command line alone: filed, asked about, proposed, approved, and in the list with its promise', async () => {
  expect(await succeed('list')).toContain('No change request is open. None has been done yet');
  const filing = ['request', world.customer, 'The counter is a department.', '--kind', 'add-department', '--by', hr];
  const filed = await succeed(...filing, '--recorded-by', manager, '--place', 'Counter', '--key', 'ticket-1');
  expect(filed).toContain('Filed as change 1. It is small: A department is added. Promised: 48 hours');
  expect(filed).toContain(`usersync change show ${world.customer} 1`);
  expect(await refusal(...filing, '--key', 'ticket-1')).toContain('Change 1 of korenaar was filed already and is open');
  expect(await refusal('request', world.customer, 'x', '--kind', 'mapping', '--by', 'nobody')).toContain(
    'There is no contact "nobody"',
  );

  const list = await succeed('list', world.customer);
  expect(list).toMatch(/add-department.*small.*48 hours.*47 h \d+ min.*mapping.*on track/);
  expect(await succeed('ask', world.customer, '1', 'Which shop?', '--by', manager, '--to', hr)).toContain(
    'The clock stands still',
  );
  await until(async () => (await succeed('list')).includes('(47 h'));
  await succeed('answer', world.customer, '1', 'q1', 'The second.', '--by', hr, '--recorded-by', manager);

  // What does not fit is not kept, and what the request refuses does not stay.
  const same = await write('same.yaml', MAPPING);
  const refused = await refusal('propose', world.customer, '1', same, '--by', engineer);
  expect(refused).toContain('means the same as version 1');
  expect(refused).toContain('had been kept as version 2, which is retired');
  expect(await refusal('propose', world.customer, '1', same, '--by', hr)).toContain("is Speakap's");
  expect((await say('propose', world.customer, '1', '--by', engineer)).code).toBe(2);
  const proposed = await succeed(
    'propose',
    world.customer,
    '1',
    await write('counter.yaml', WITH_A_COUNTER),
    '--by',
    engineer,
  );
  expect(proposed).toContain('Version 3 is proposed to the customer: 1 rule differs from version 1.');

  const shown = await succeed('show', world.customer, '1');
  expect(shown).toContain('+ department: "Counter" when Unit == "Unit 1"');
  expect(shown).toContain('In the last accepted snapshot: 11 people change group.');
  expect(shown).toContain('Question q1 to c-hr: Which shop? - The second.');
  const code = (await codeFor(world.config.mail.outbox, hr, 'Change 1, version 3')) ?? '';
  expect(await refusal('approve', world.customer, '1', '--version', '2', '--by', hr, '--code', code)).toContain(
    'not open any more',
  );
  expect(await succeed('approve', world.customer, '1', '--version', '3', '--by', hr, '--code', code)).toContain(
    'is applied now',
  );
  await until(async () => (await succeed('list')).includes('No change request is open.'), 120, 2_000);
  expect(await succeed('list', '--all')).toContain(
    '1 of 1 change kept the promise (100 %): 1 of 1 small, 0 of 0 structural.',
  );
  expect((await say('list', '--all', '--json')).json()).toMatchObject({
    changes: [{ number: 1, status: 'done', kept: true, size: 'small', promise: null }],
    figures: { all: { done: 1, kept: 1, percent: 100 } },
  });
  expect(await refusal('withdraw', world.customer, '1', '--by', hr, '--reason', 'x')).toContain('is not under way');
  expect(await refusal('show', world.customer, '7')).toContain('korenaar has no change 7');
});

test('of a change whose workflow was terminated in Temporal, withdrawing leaves nothing', async () => {
  await succeed('request', world.customer, 'Another one.', '--kind', 'mapping', '--by', manager);
  const row = await world.database.prisma.changeRequest.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const path = await write('other.yaml', WITH_A_COUNTER.replace('Counter', 'Till'));
  await succeed('propose', world.customer, String(row.number), path, '--by', engineer);
  await world.temporal.client.workflow.getHandle(row.workflowId).terminate();
  const answer = await succeed('withdraw', world.customer, String(row.number), '--by', hr, '--reason', 'x');
  expect(answer).toContain('The request is withdrawn now, and 1 versions of it are retired');
  const mappings = await world.database.prisma.mapping.findMany({ orderBy: { version: 'desc' } });
  expect(mappings.map(({ status }) => status)).toEqual(['retired', 'active', 'retired', 'retired']);
});
