import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inOrderOfNeed } from '../../src/cli/onboarding/order-of-need.js';
import { note } from '../../src/onboarding/events.js';
import { itemOf, type OnboardingState } from '../../src/onboarding/state.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { saveMapping } from '../../src/store/mappings.js';
import { beginTry, intendMail, recordMailOutcome } from '../../src/store/mails.js';
import { toCustomerId } from '../../src/sync/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { checkOff, writeOnboarding } from './onboarding-rows.js';
import { temporaryFolder, usersync, type Answer } from './support.js';

// Every step is a process of its own, on a machine that other tests use as well.
vi.setConfig({ testTimeout: 180_000 });

let server: TestDatabase;
let database: Database;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await createTestDatabase();
  database = openDatabase(server.url, 2);
});
afterAll(async () => {
  await database?.close();
  await server?.close();
  await folder?.remove();
});

const run = (...args: readonly string[]): Promise<Answer> =>
  usersync([...args, '--data', folder.path], { env: { DATABASE_URL: server.url } });

const SETUP = ['example-record', 'upload-addresses', 'sftp-login', 'structure-overview', 'record-contents'];

/** A customer in its second week, with something of everything. */
function secondWeek(state: OnboardingState): void {
  const at = '2026-12-07T10:00:00.000Z';
  const rest = ['frequency', 'known-exceptions', 'first-upload', 'concept-mapping'];
  checkOff(state, at, ...SETUP, ...rest);
  itemOf(state, 'example-record').finding = '2 rows, 9 columns. In order.';
  state.mapping = { ...state.mapping, iteration: 2, version: 3, status: 'open', comments: 1 };
  state.mapping.approvals.push({ by: 'c-hr', side: 'customer', at, recordedBy: 'staff-17' });
  const question = { by: 'staff-21', to: 'c-hr', side: 'customer' as const, text: 'Where does head office belong?' };
  state.questions.push({ id: 'q1', ...question, about: 'groups', askedAt: at, due: '2026-12-09', answer: null });
  note(state, { by: 'c-hr', recordedBy: 'staff-17' }, { at, via: 'update' }, { what: 'approved', about: 'mapping/3' });
  note(
    state,
    { by: 'system' },
    { at, via: 'signal' },
    { what: 'check', text: 'It was not handed over.', refused: true },
  );
}

describe('before anything is under way', () => {
  test('a list says how to begin', async () => {
    expect((await run('onboarding', 'status')).stdout).toBe(
      'No implementation is under way. "usersync onboarding start FILE" begins one.\n',
    );
  });

  test('a customer without one, and one that is not there, are named', async () => {
    const unknown = await run('onboarding', 'show', 'korenaar');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('There is no customer "korenaar".');
  });
});

describe('status', () => {
  beforeAll(async () => {
    await writeOnboarding(database, { customer: 'on-time', now: '2026-12-01T09:00:00.000Z' });
    await writeOnboarding(database, {
      customer: 'sooner',
      now: '2026-12-01T09:00:00.000Z',
      happened: (state) => (itemOf(state, 'example-record').movedTo = '2026-12-01'),
    });
    await writeOnboarding(database, { customer: 'too-late', now: '2027-01-08T09:00:00.000Z' });
    await writeOnboarding(database, {
      customer: 'stuck',
      now: '2026-12-01T09:00:00.000Z',
      happened: (state) =>
        state.problems.push({ about: 'first-upload', text: 'The server does not answer.', until: 'a while' }),
    });
    await writeOnboarding(database, {
      customer: 'resting',
      now: '2026-12-02T09:00:00.000Z',
      happened: (state) => {
        state.status = 'paused';
        state.pauses.push({ from: '2026-12-02', to: null, by: 'staff-17', reason: 'moves house' });
      },
    });
    await writeOnboarding(database, {
      customer: 'over',
      now: '2026-12-02T09:00:00.000Z',
      happened: (state) => (state.status = 'cancelled'),
    });
  });

  test('has one line for each customer, and what needs the project manager first', async () => {
    const answer = await run('onboarding', 'status');
    expect(answer.stderr).toBe('');
    const order = [...answer.stdout.matchAll(/^│ (\S+) +│/gm)].map(([, customer]) => customer);
    expect(order).toEqual(['customer', 'stuck', 'too-late', 'sooner', 'on-time', 'resting']);
    expect(answer.stdout).toMatch(/on-time +│ setup +│ on track +│ customer: HR manager +│ Wed 2 Dec +│ Mon 11 Jan /);
    expect(answer.stdout).toMatch(/too-late +│ setup +│ late .*\(\+\d+ days\)/);
    expect(answer.stdout).toMatch(/stuck +│ setup +│ blocked /);
  });

  test('tells programs the same, with those that are over on request', async () => {
    const { onboardings } = (await run('onboarding', 'status', '--all', '--json')).json() as {
      readonly onboardings: readonly Readonly<Record<string, unknown>>[];
    };
    expect(onboardings.map(({ customer }) => customer).at(-1)).toBe('over');
    expect(onboardings.find(({ customer }) => customer === 'on-time')).toMatchObject({
      ...{ manager: 'staff-17', phase: 'setup', health: 'on track', waitingOn: 'customer: HR manager' },
      ...{ due: '2026-12-02', goLive: '2027-01-11', goLiveShift: 0, openQuestions: 0, mailsInDoubt: 0 },
    });
    expect((await run('onboarding', 'status', '--manager', 'staff-99')).stdout).toContain(
      'No implementation of staff-99 is under way.',
    );
  });

  test('what is at risk comes before the rest only where Speakap has to act', () => {
    const entry = (customer: string, health: string, waitingOn: string, due: string) => ({
      ...{ customer, health, waitingOn, due, status: 'running' },
    });
    const sorted = inOrderOfNeed([
      entry('ours-later', 'on track', 'speakap: engineer', '2026-12-03'),
      entry('theirs', 'at risk', 'customer: IT', '2026-12-02'),
      entry('ours', 'at risk', 'speakap: engineer', '2026-12-09'),
      entry('late', 'late', 'customer: IT', '2026-12-30'),
    ]);
    expect(sorted.map(({ customer }) => customer)).toEqual(['late', 'ours', 'theirs', 'ours-later']);
  });
});

describe('one customer', () => {
  let id: number;

  beforeAll(async () => {
    id = await writeOnboarding(database, {
      ...{ customer: 'korenaar', now: '2026-12-08T10:00:00.000Z', happened: secondWeek },
    });
    const customer = toCustomerId('korenaar');
    const mapping = { customer, document: 'format: 1\nexternalId: Id\n', importedBy: 'system', comment: '' };
    for (const _ of [1, 2, 3]) await saveMapping(database, mapping);
    const lines = [
      { id: 'C1', text: 'First becomes the given name', change: 'same', about: [], mark: '' },
      {
        id: 'G2',
        text: 'Store is a business unit',
        change: 'changed',
        before: 'Store is a department',
        about: [],
        mark: '',
      },
    ];
    for (const [iteration, mappingVersion, result] of [
      [1, 1, 'changes requested'],
      [2, 3, null],
    ] as const) {
      const documents = { markdown: `# Concept ${iteration}\n`, html: `<h1>Concept ${iteration}</h1>` };
      await database.prisma.concept.create({
        data: { onboardingId: id, iteration, mappingVersion, lines, result, ...documents },
      });
    }
    await database.prisma.conceptComment.create({
      data: {
        ...{ onboardingId: id, iteration: 2, seq: 1, line: 'G2', by: 'c-hr', recordedBy: 'staff-17' },
        ...{ text: 'The bakery is a department.', at: new Date('2026-12-08T10:00:00Z') },
      },
    });
    const intent = { customer, key: 'korenaar/1', contactId: 'c-hr', kind: 'question' };
    const tried = await beginTry(database, await intendMail(database, intent));
    await recordMailOutcome(database, tried, { status: 'unknown', problem: 'The connection ended in the middle.' });
  });

  test('is shown as a whole: weeks, questions, approvals, concepts, events, without a name', async () => {
    const answer = await run('onboarding', 'show', 'korenaar');
    expect(answer.stderr).toBe('');
    const page = answer.stdout;
    expect(page).toContain('De Korenaar (korenaar), implementation 1');
    expect(page).toMatch(/waits for +customer: HR manager/);
    expect(page).toContain('Setting up, planned Tue 1 Dec to Mon 7 Dec');
    expect(page).toMatch(
      /✓ │ example-record +│ customer: HR manager +│ +│ checked off by staff-17 on Mon 7 .*2 rows, 9 columns/,
    );
    expect(page).toMatch(/○ │ groups +│ speakap: project manager +│ /);
    expect(page).toMatch(/q1 │ staff-21 │ c-hr │ Wed 9 Dec │ groups +│ Where does head office belong\?/);
    expect(page).toMatch(/mapping │ +3 │ open +│ c-hr on Mon 7 Dec \(written down by +│ 2 of Speakap/);
    expect(page).toMatch(/1 │ +1 │ .* │ changes requested/);
    expect(page).toMatch(/check, refused \(signal\)/);
    expect(page).toContain('usersync mail list korenaar --in-doubt');
    expect(page).not.toMatch(/Vera|@korenaar\.example/);
  });

  test('is told to programs with everything that is kept', async () => {
    const { stdout, ...answer } = await run('onboarding', 'show', 'korenaar', '--json', '--events', '1');
    expect(answer.json()).toMatchObject({
      customer: { slug: 'korenaar' },
      onboarding: { number: 1, phase: 'mapping', iteration: 2, openQuestions: 1 },
      view: { mapping: { version: 3 }, schedule: { goLiveShift: 0 } },
      concepts: [
        { iteration: 1, result: 'changes requested' },
        { iteration: 2, comments: 1 },
      ],
      events: [{ seq: 2, refused: true }],
      mailsInDoubt: 1,
    });
    expect(stdout).not.toMatch(/Vera|@korenaar\.example/);
  });

  test('is drawn against today, in the terminal and as a file for its owner only', async () => {
    expect((await run('onboarding', 'gantt', 'korenaar')).stdout).toContain('De Korenaar: implementation 1');
    expect((await run('onboarding', 'show', 'korenaar', '--gantt')).stdout).toContain('De Korenaar: implementation 1');
    const out = join(folder.path, 'korenaar.svg');
    const drawn = await run('onboarding', 'gantt', 'korenaar', '--format', 'svg', '--out', out);
    expect(drawn.stderr).toBe(`It is in ${out}.\n`);
    expect(await readFile(out, 'utf8')).toMatch(/^<svg[^]*<\/svg>\s*$/);
    expect((await stat(out)).mode & 0o077).toBe(0);
  });

  test('has concepts with what was remarked on their lines, as documents, and as the mapping they are made from', async () => {
    const show = (...args: readonly string[]) => run('onboarding', 'mapping', 'show', 'korenaar', ...args);
    const latest = (await show()).stdout;
    expect(latest).toMatch(/^Concept 2 of korenaar, made from version 3, sent .*, not decided about$/m);
    expect(latest).toMatch(/G2 +│ changed +│ Store is a business unit \(before: Store is a department\)/);
    expect(latest).toMatch(/remark +│ c-hr \(written down by staff-17\): The bakery is a department\./);
    expect((await show('--concept', '1', '--format', 'md')).stdout).toBe('# Concept 1\n');
    expect((await show('--format', 'html')).stdout).toBe('<h1>Concept 2</h1>\n');
    expect((await show('--format', 'yaml')).stdout).toBe('format: 1\nexternalId: Id\n');
    expect((await show('--json')).json()).toMatchObject({
      concepts: [{ iteration: 1 }, { iteration: 2 }],
      concept: { version: 3, comments: [{ line: 'G2' }] },
    });
    const unknown = await show('--concept', '9');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toBe('korenaar has no concept 9. There are: 1, 2.\n');
  });

  test('has contacts, whose names and addresses are only for those who ask for them', async () => {
    const list = (await run('contact', 'list', 'korenaar')).stdout;
    expect(list).toMatch(/c-hr +│ customer │ HR manager +│ yes +│ example-record, structure-overview/);
    expect(list).toMatch(/staff-17 │ speakap +│ project manager \(manager\)/);
    expect(list).not.toMatch(/Vera|@/);
    expect((await run('contact', 'list', 'korenaar', '--personal')).stdout).toMatch(
      /Vera c-hr +│ c-hr@korenaar\.example/,
    );
  });

  test('has mails, and a doubt about one is ended by a person', async () => {
    expect((await run('mail', 'list', 'korenaar', '--in-doubt')).stdout).toMatch(/question │ c-hr │ in doubt/);
    const { mails } = (await run('mail', 'list', 'korenaar', '--json')).json() as {
      readonly mails: readonly { readonly id: number }[];
    };
    const mail = String(mails[0]?.id);
    expect((await run('mail', 'resolve', 'on-time', mail, '--as', 'sent')).stderr).toContain(
      `on-time has no mail ${mail}.`,
    );
    expect((await run('mail', 'resolve', 'korenaar', mail, '--as', 'sent')).stdout).toContain('counts as sent');
    expect((await run('mail', 'list', 'korenaar', '--in-doubt')).stdout).toBe('There is none.\n');
    expect((await run('onboarding', 'show', 'korenaar')).stdout).not.toContain('--in-doubt');
  });

  test('before the first concept, shows what was drafted and how to send it', async () => {
    const customer = toCustomerId('on-time');
    const nothing = await run('onboarding', 'mapping', 'show', 'on-time');
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain('on-time has no concept and no mapping yet.');
    await saveMapping(database, { customer, document: 'format: 1\n', importedBy: 'system', comment: 'proposed' });
    expect((await run('onboarding', 'mapping', 'show', 'on-time')).stdout).toContain(
      'usersync onboarding mapping propose on-time --version 1 --by STAFF-ID',
    );
    expect((await run('onboarding', 'mapping', 'show', 'on-time', '--format', 'html')).code).toBe(1);
  });
});
