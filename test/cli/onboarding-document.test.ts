import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOnboardingFile, toOrder } from '../../src/cli/onboarding/read-document.js';
import { usersync } from './support.js';

const EXAMPLE = 'examples/onboarding/customer.yaml';
const SECRETS = { KORENAAR_APP_SECRET: 'one', KORENAAR_SCIM_TOKEN: 'two' };
const NOW = new Date('2036-11-20T12:00:00Z');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-onboarding-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The example with some of its lines written in another way. */
async function exampleWith(...changes: readonly (readonly [string, string])[]): Promise<string> {
  let text = await readFile(EXAMPLE, 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const path = join(folder, 'customer.yaml');
  await writeFile(path, text);
  return path;
}

/** Problems as they are told, without the name of the file. */
async function problemsOf(path: string, now = NOW): Promise<readonly string[]> {
  try {
    await readOnboardingFile(path, SECRETS, now);
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message.split('\n').map((line) => line.replace(`${path}:`, ''));
  }
}

describe('the example', () => {
  test('is read as the command reads it', async () => {
    const { document, secrets } = await readOnboardingFile(EXAMPLE, SECRETS, NOW);
    expect(document).toMatchObject({ slug: 'korenaar', manager: 'staff-17', onboarding: { source: 'sftp' } });
    expect(document.source).toBeUndefined();
    expect(document.contacts.map(({ id, approves }) => [id, approves])).toEqual([
      ['c-hr', true],
      ['c-it', false],
      ['staff-17', true],
      ['staff-21', true],
    ]);
    expect(secrets.network).toMatchObject({ appSecret: 'one', scimToken: 'two' });
  });

  test('becomes an order without a name or an address', async () => {
    const { document } = await readOnboardingFile(EXAMPLE, SECRETS, NOW);
    const order = toOrder(document, undefined);
    expect(order).toEqual({
      customer: 'korenaar',
      start: '2036-12-01',
      source: 'sftp',
      requestedBy: 'staff-17',
      holidays: ['2036-12-25', '2036-12-26', '2037-01-01'],
      durations: { setup: 5, mapping: 5, implementation: 10, testing: 5, release: 5 },
    });
    expect(toOrder(document, 'staff-21')).toMatchObject({ requestedBy: 'staff-21' });
  });

  test('shows the planned dates and starts nothing, without a stack', async () => {
    const answer = await usersync(['onboarding', 'start', EXAMPLE, '--dry', '--data', folder], { env: SECRETS });
    expect(answer.stderr).toBe('');
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain(`${EXAMPLE} is right. Nothing was started.`);
    expect(answer.stdout).toMatch(/setup +│ example-record +│ customer: HR manager +│ Tue 2 Dec/);
    // Three of the thirty working days are holidays.
    expect(answer.stdout).toContain('Go-live: Wed 14 Jan.');
    const json = await usersync(['onboarding', 'start', EXAMPLE, '--dry', '--json', '--data', folder], {
      env: SECRETS,
    });
    expect(json.json()).toMatchObject({ ok: true, customer: 'korenaar', goLive: '2037-01-14' });
  });
});

describe('a file with mistakes', () => {
  test('is refused with all of them at once, each with its place, also where parts of it contradict each other', async () => {
    const path = await exampleWith(
      ['slug: korenaar', 'slug: Korenaar'],
      ['manager: staff-17', 'manager: staff-71'],
      ['side: customer\n    role: HR manager', 'side: client\n    role: HR manager'],
      ['hanna.dehaan@korenaar.example', 'hanna.dehaan at korenaar'],
      ['id: staff-21', 'id: staff-17'],
      ['approves: true', 'approves: maybe'],
      ['owns: [upload-addresses]', 'owns: [upload-adresses, sftp-login]'],
      ['start: 2036-12-01', 'start: 2036-02-30'],
      ['[2036-12-25, 2036-12-26', '[25 December, 2036-12-26, 2036-12-26'],
      ['setup: 5', 'setup: 0'],
      ['durations:', 'speed: fast\n  duration: 5\n  durations:'],
    );
    const problems = await problemsOf(path);
    expect(problems).toEqual([
      expect.stringContaining('3:7 slug: "Korenaar" is no customer slug'),
      expect.stringContaining('6:10 manager: The manager "staff-71" is not among the contacts of the side of speakap'),
      '19:3 contacts: Nobody of the side of the customer may approve: `approves: true` is missing.',
      expect.stringContaining('20:11 contacts[0].side: One of customer, speakap is needed here.'),
      '23:12 contacts[0].email: An e-mail address is needed here.',
      '24:15 contacts[0].approves: Either true or false is needed here.',
      '32:12 contacts[1].owns[0]: There is no deliverable "upload-adresses" where the record comes by sftp. Did you mean "upload-addresses"?',
      '32:29 contacts[1].owns[1]: "sftp-login" is owed by the side of speakap, and this contact is of the side of customer.',
      '38:9 contacts[3].id: "staff-17" is the id of a contact above already.',
      '46:10 onboarding.start: A date is needed here, such as 2026-12-01.',
      '48:14 onboarding.holidays[0]: A date is needed here, such as 2026-12-01.',
      '48:39 onboarding.holidays[2]: 2036-12-26 is among the holidays above already.',
      '49:10 onboarding.speed: A number is needed here.',
      expect.stringContaining('50:3 onboarding.duration: Unknown key `duration`. Did you mean "durations"?'),
      '51:23 onboarding.durations.setup: A number from 1 to 60 is needed here.',
      expect.stringContaining('customer.yaml has 15 problems. Nothing was changed.'),
    ]);
  });

  test('never repeats an address or a name', async () => {
    const path = await exampleWith(
      ['petra.poot@speakap.example', 'petra.poot'],
      ['name: Petra Poot', 'nam: Petra Poot'],
    );
    const told = (await problemsOf(path)).join('\n');
    expect(told).toContain('contacts[2].email: An e-mail address is needed here.');
    expect(told).not.toMatch(/petra|poot/i);
  });

  test.each([
    [[['approves: true', 'approves: false']], 'Nobody of the side of the customer may approve'],
    [
      [['role: implementation engineer', 'role: implementation engineer\n    approves: false']],
      'four eyes are two people',
    ],
    [[['  - id: staff-21\n    side: speakap', '  - id: staff-21\n    side: customer']], 'four eyes are two people'],
    [
      [
        ['id: c-hr\n    side: customer', 'id: c-hr\n    side: speakap'],
        ['id: c-it\n    side: customer', 'id: c-it\n    side: speakap'],
      ],
      'Nobody is of the side of the customer.',
    ],
    [[['owns: [upload-addresses]', 'owns: [example-record]']], '"example-record" is owed by a contact above already.'],
    [[['source: sftp', 'source: api']], 'There is no deliverable "upload-addresses" where the record comes by api.'],
    [[['manager: staff-17', 'manager: c-hr']], 'The manager "c-hr" is not among the contacts of the side of speakap'],
  ] as const)('%j is refused', async (changes, sentence) => {
    expect((await problemsOf(await exampleWith(...changes))).join('\n')).toContain(sentence);
  });

  test('a source of another kind than the plan says is refused', async () => {
    const path = await exampleWith(
      ['\ncontacts:', '\nsource: { kind: drop }\ncontacts:'],
      ['source: sftp', 'source: api'],
    );
    expect((await problemsOf(path)).join('\n')).toContain(
      'The record comes by api here, and `source` is of the kind drop.',
    );
  });

  test('a start in the past is told with the date that it is for the customer', async () => {
    const path = await exampleWith(['Europe/Amsterdam', 'Pacific/Auckland']);
    const lateOnTheSecondThere = new Date('2036-12-01T12:00:00Z');
    expect((await problemsOf(path, lateOnTheSecondThere)).join('\n')).toContain(
      '46:10 onboarding.start: 2036-12-01 is past: today is 2036-12-02 in Pacific/Auckland.',
    );
    expect(await problemsOf(path, new Date('2036-12-01T10:00:00Z'))).toEqual([]);
  });

  test('somebody who starts it and is no contact of Speakap is named', async () => {
    const answer = await usersync(['onboarding', 'start', EXAMPLE, '--by', 'c-hr', '--data', folder], { env: SECRETS });
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('"c-hr" is not among the contacts of the side of speakap: staff-17, staff-21.');
  });
});
