import { afterAll, beforeAll, expect, test } from 'vitest';
import { Change, CONTACTS, openReleasedWorld, refusalOf } from '../../support/change.js';
import { mailsTo } from '../../support/outbox.js';
import { MAPPING } from '../../support/people.js';
import { copiesIn, schemasIn } from '../../support/testing.js';
import { readTest } from '../../../src/store/tests.js';
import type { World } from '../../support/world.js';

const { hr, it, manager, engineer } = CONTACTS;
/** Whoever was in a shop of the record is in one of two regions. */
const REGIONS = MAPPING.replace(
  '- businessUnit: { column: Unit }',
  '- businessUnit: { name: North }\n    when: Unit == "Unit 0"\n  - businessUnit: { name: South }\n    when: Unit != "Unit 0"',
);

let world: World;

beforeAll(async () => {
  world = await openReleasedWorld();
});

afterAll(() => world.close());

test(
  'feature 23: a structural change: a date is agreed, questions are asked, the people are told of, it is tested, and then applied',
  { timeout: 240_000 },
  async () => {
    const change = await Change.file(world, {
      kind: 'mapping',
      text: 'Regions take the place of shops.',
      recordedBy: manager,
    });
    await change.say('ask', { by: manager, to: hr, text: 'Which shops are in the north?' });
    expect((await change.until('stood still', ({ pauses }) => pauses.length === 1)).pauses[0]?.to).toBeNull();
    await change.say('answer', { question: 'q1', by: hr, recordedBy: manager, text: 'Only the first.' });
    await change.until('went on', ({ pauses }) => pauses[0]?.to !== null);

    // The rules find out what it is from the version.
    const version = await change.propose(REGIONS);
    const { classification, proposal } = await change.state();
    expect(classification).toMatchObject({ size: 'structural', by: 'rules' });
    expect(classification.reason).toContain('names of a whole kind of group');
    expect(proposal?.closed).toEqual(
      [10, 11, 10].map((people) => ({ people, moved: people, without: 0, leaving: 0, untouched: 0 })),
    );

    const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await change.say('agree', { on: day, by: manager });
    expect(await refusalOf(change.say('agree', { on: day, by: engineer }))).toContain('the other side has to agree');
    await change.say('agree', { on: day, by: hr, recordedBy: manager });
    expect((await change.state()).agreement?.agreed).toMatchObject({ by: hr });
    const far = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    expect(await refusalOf(change.say('agree', { on: far, by: manager }))).toContain('later than the 14 days');

    const code = await change.code(version);
    expect(await refusalOf(change.say('approve', { version, by: hr, code }))).toContain('what becomes of the people');
    await change.say('people', { become: 'leave', by: hr, text: 'They go.' });
    expect(await refusalOf(change.say('approve', { version, by: hr, code }))).toContain('does something else');
    await change.say('people', { become: 'move', by: hr, text: 'They are in a region then.' });

    // By the wrong contact, with a wrong code, and for another version.
    expect(await refusalOf(change.say('approve', { version, by: it, code }))).toContain('may not approve');
    expect(await refusalOf(change.say('approve', { version, by: CONTACTS.boss, code }))).toContain(
      'not the one that was mailed',
    );
    expect(await refusalOf(change.say('approve', { version: version - 1, by: hr, code }))).toContain(
      'not open any more',
    );
    await change.signal('approve', { version: version + 7, by: hr, code });
    await change.until('showed the refused signal', ({ events }) =>
      events.some(({ refused, text }) => refused && text?.includes('was not proposed') === true),
    );
    await change.say('approve', { version, by: hr, code });
    expect(await refusalOf(change.say('approve', { version, by: hr, code }))).toContain('decided about already');

    // Nothing is applied before its test on a copy, which began by itself, is approved by both sides and removed.
    expect((await change.state()).step).toBe('testing');
    const tested = await change.reportOfTest(version);
    expect(tested).toBe(1);
    expect(world.network().groups.map(({ name }) => name)).not.toContain('North');
    expect((await change.until('stood still', ({ pauses }) => pauses.at(-1)?.to === null)).step).toBe('testing');
    expect(await refusalOf(change.rejectTest(2, hr, 'x'))).toContain('Test 2');
    expect(await change.approveTest(tested, hr)).toContain('One approval is missing: of the side "speakap"');
    await change.until(
      'went on',
      ({ pauses, testing }) => pauses.at(-1)?.to !== null && testing?.waitsFor === 'speakap',
    );
    await change.approveTest(tested, manager);
    expect(await change.handle.result()).toMatchObject({ status: 'done', kept: true });

    expect(world.network().groups.map(({ name }) => name)).toEqual(expect.arrayContaining(['North', 'South']));
    const test1 = await readTest(world.database, world.customer, tested);
    expect(test1).toMatchObject({ status: 'approved', mappingVersion: version, key: null, leftOver: null });
    expect(test1.tornDownAt).not.toBeNull();
    expect(copiesIn(world)).toEqual([]);
    expect(await schemasIn(world)).toEqual([]);
    const [live] = await world.database.prisma.run.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(live).toMatchObject({ kind: 'live', status: 'done', mappingVersion: version, requestedBy: 'change 1' });
    expect(await mailsTo(world.config.mail.outbox, 'change-date', hr)).toHaveLength(2);
    expect(await mailsTo(world.config.mail.outbox, 'change-closed', manager)).toHaveLength(1);
    expect(await refusalOf(Change.file(world, { kind: 'mapping', text: 'x', by: 'c-nobody' }))).toContain(
      'There is no contact',
    );
  },
);
