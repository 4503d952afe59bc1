import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChange } from '../../../src/store/change-requests.js';
import { Change, CONTACTS, openReleasedWorld } from '../../support/change.js';
import { mailsTo } from '../../support/outbox.js';
import { MAPPING } from '../../support/people.js';
import type { World } from '../../support/world.js';

const { hr, manager } = CONTACTS;
const WITH_A_DEPARTMENT = MAPPING.replace(
  'roles:',
  '  - department: { name: Counter }\n    when: Unit == "Unit 1"\nroles:',
);

let world: World;

beforeAll(async () => {
  world = await openReleasedWorld();
});

afterAll(() => world.close());

test(
  'feature 23: a small change: filed, proposed, approved with a code, applied in one run, and closed with a message',
  { timeout: 180_000 },
  async () => {
    const change = await Change.file(world, {
      kind: 'add-department',
      text: 'The counter of one shop gets a department of its own.',
    });
    expect(change.answer).toContain('Filed as change 1. It is small: A department is added.');
    expect(change.answer).toContain('Promised: 48 hours');

    const version = await change.propose(WITH_A_DEPARTMENT);
    const { proposal, classification } = await change.state();
    expect(classification.size).toBe('small');
    expect(proposal).toMatchObject({
      version,
      base: 1,
      counts: { join: 11 },
      differences: 1,
      closed: [],
      conflicts: [],
    });
    await change.approve(version);

    const result = await change.handle.result();
    expect(result).toMatchObject({ status: 'done', kept: true });
    expect(result.words).toContain(`Version ${version} of the mapping is in your network`);
    expect(world.network().groups.map(({ name }) => name)).toContain('Counter');
    const mappings = await world.database.prisma.mapping.findMany({ orderBy: { version: 'asc' } });
    expect(mappings.map(({ status, activatedBy }) => [status, activatedBy])).toEqual([
      ['retired', 'test'],
      ['active', hr],
    ]);
    expect(await readChange(world.database, 1)).toMatchObject({
      status: 'done',
      kept: true,
      size: 'small',
      health: 'on track',
    });
    const { outbox } = world.config.mail;
    for (const contact of [hr, CONTACTS.boss, manager]) {
      expect(await mailsTo(outbox, 'change-filed', contact)).toHaveLength(1);
      expect(await mailsTo(outbox, 'change-closed', contact)).toHaveLength(1);
    }
    expect(await mailsTo(outbox, 'change-proposal', CONTACTS.it)).toEqual([]);

    // Nothing is left to be done, and nobody is due any more.
    expect(await world.database.prisma.due.count()).toBe(0);
    expect(await (await world.start('live', { delivery: 'last' })).result()).toMatchObject({ status: 'done', done: 0 });
  },
);
