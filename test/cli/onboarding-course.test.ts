import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { uploadTo } from '../../src/cli/demo/upload.js';
import { codeFor } from '../support/outbox.js';
import { csvOf, madeUpPeople, MAPPING } from '../support/people.js';
import { until } from '../support/until.js';
import { NETWORK } from './korenaar.js';
import type { Answer, Call } from './support.js';
import { Sandbox, startTestStack, type TestStack } from './test-stack.js';

// Every step is a process of its own, on a machine that other tests use as well.
vi.setConfig({ testTimeout: 300_000 });

const SECRETS = { KORENAAR_APP_SECRET: 'app-secret-of-korenaar', KORENAAR_SCIM_TOKEN: 'scim-token-of-korenaar' };
const KEYS = ssh2.utils.generateKeyPairSync('ed25519');
const OVERVIEW = 'Location;Department\r\nUnit 0;Department 0\r\nUnit 1;Department 1\r\n';
/** A PNG begins like this. */
const PICTURE = '\u0089PNG\r\n\u001a\n';

let stack: TestStack;

/** The tests are one story and stand in its order: a project manager who uses nothing but the command line. */
beforeAll(async () => {
  stack = await startTestStack();
  await new Sandbox(stack.addresses.sandbox?.url ?? '').createNetwork({ ...NETWORK, roles: [] });
});
afterAll(() => stack?.close());

const run = (args: readonly string[], call?: Call): Promise<Answer> => stack.run(args, call);
const say = (...args: readonly string[]): Promise<Answer> => run(['onboarding', ...args]);

async function succeed(...args: readonly string[]): Promise<string> {
  const answer = await say(...args);
  expect(answer.stderr.replaceAll(/^waiting .*\n|^making .*\n|^starting\n/gm, '')).toBe('');
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

interface View {
  readonly manager: string;
  readonly items: readonly { readonly id: string; readonly state: string; readonly finding: string | null }[];
  readonly groups: { readonly version: number; readonly status: string };
  readonly mapping: { readonly version: number | null; readonly status: string };
}

interface Shown {
  readonly view: View | null;
  readonly files: readonly { readonly item: string; readonly fileName: string; readonly usable: boolean }[];
  readonly events: readonly { readonly text: string | null; readonly refused: boolean }[];
}

async function shown(): Promise<Shown> {
  return (await say('show', 'korenaar', '--json', '--events', '60')).json() as unknown as Shown;
}

async function untilShown(isSo: (shown: Shown) => boolean): Promise<Shown> {
  let last = await shown();
  await until(async () => {
    last = await shown();
    return isSo(last);
  }, 120);
  return last;
}

const stateOf = ({ view }: Shown, item: string) => view?.items.find(({ id }) => id === item)?.state;

/** As it stands in the mail to that contact. */
async function code(contact: string, about: string): Promise<string> {
  const outbox = join(stack.folder, 'data', 'outbox');
  await until(async () => (await codeFor(outbox, contact, about)) !== null);
  return (await codeFor(outbox, contact, about)) ?? '';
}

async function deliveredFiles(): Promise<readonly string[]> {
  const names = await readdir(join(stack.folder, 'data', 'deliveries', 'korenaar')).catch(() => []);
  return names.filter((name) => name.startsWith('onboarding-'));
}

async function upload(name: string, content: string): Promise<void> {
  const { accounts } = (await run(['drop', 'account', 'list', 'korenaar', '--json'])).json() as unknown as {
    readonly accounts: readonly { readonly userName: string; readonly access: string }[];
  };
  const username = accounts.find(({ access }) => access === 'upload')?.userName ?? '';
  const { host, port } = stack.addresses.drop ?? { host: '127.0.0.1', port: 0 };
  await uploadTo({ host, port }, { username, privateKey: KEYS.private }, Buffer.from(content), name);
}

describe('starting', () => {
  const start = (file: string) => run(['onboarding', 'start', file], { env: SECRETS });

  test('without one, a message says so', async () => {
    expect(await refusal('pause', 'korenaar', '--by', 'staff-17', '--reason', 'x')).toContain(
      'There is no customer "korenaar".',
    );
  });

  test('one file begins it: customer, contacts and plan', async () => {
    const text = (await readFile('examples/onboarding/customer.yaml', 'utf8'))
      .replace('https://api.speakap.example', stack.addresses.sandbox?.url ?? '')
      .replace('requestsPerSecond: 10\n', 'requestsPerSecond: 1000\n')
      .replace('start: 2036-12-01', `start: ${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}`);
    const answer = await start(await stack.write('customer.yaml', text));
    expect(answer.stderr.replace('starting\n', '')).toBe('');
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain(
      'The implementation of De Korenaar (korenaar) is under way as onboarding/korenaar.',
    );
    expect(answer.stdout).toMatch(/Go-live is planned for /);
    expect((await run(['onboarding', 'status'])).stdout).toMatch(/korenaar +│ setup +│ on track +│ customer: /);
  });

  test('a second start is refused, and changes nothing', async () => {
    const again = await start(join(stack.folder, 'customer.yaml'));
    expect(again.code).toBe(1);
    expect(again.stderr).toContain(
      'The implementation of korenaar is under way already. Nothing was started or changed.',
    );
  });

  test('without a worker nothing is sent', async () => {
    const env = { USERSYNC_TASK_QUEUE: 'nobody' };
    const answer = await run(['onboarding', 'pause', 'korenaar', '--by', 'staff-17', '--reason', 'x'], { env });
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('No worker listens on the task queue "nobody"');
  });
});

describe('week 1', () => {
  const onBehalf = ['--by', 'c-hr', '--recorded-by', 'staff-17'];

  test('a file that would be refused is not even stored', async () => {
    const file = await stack.write('example.csv', csvOf(madeUpPeople(1, 2)));
    expect(await refusal('deliver', 'korenaar', 'example-record', '--by', 'staff-17', '--file', file)).toContain(
      'is the customer\'s, and "staff-17" belongs to Speakap.',
    );
    expect(await refusal('deliver', 'korenaar', 'exmple', ...onBehalf, '--file', file)).toContain(
      'There is no deliverable "exmple".',
    );
    expect(await refusal('deliver', 'korenaar', 'frequency', ...onBehalf, '--file', file)).toContain('"time": "05:30"');
    expect(await deliveredFiles()).toEqual([]);
    expect((await shown()).files).toEqual([]);
  });

  test('a picture is found not usable, and said so at once', async () => {
    const file = await stack.write('example.png', PICTURE);
    const answer = await say('deliver', 'korenaar', 'example-record', ...onBehalf, '--file', file);
    expect(answer.code).toBe(1);
    expect(answer.stdout).toContain('It cannot be used so.');
    expect(stateOf(await shown(), 'example-record')).toBe('open');
  });

  test('an example is kept sealed, and looked at', async () => {
    const file = join(stack.folder, 'example.csv');
    const answer = await succeed('deliver', 'korenaar', 'example-record', ...onBehalf, '--file', file);
    expect(answer).toContain('2 rows, 8 columns');
    const names = await deliveredFiles();
    expect(names).toHaveLength(2);
    for (const name of names) {
      const sealed = await readFile(join(stack.folder, 'data', 'deliveries', 'korenaar', name));
      expect(sealed.includes('First1')).toBe(false);
    }
    expect((await shown()).files).toMatchObject([
      { item: 'example-record', fileName: 'example.png', usable: false },
      { item: 'example-record', fileName: 'example.csv', usable: true },
    ]);
  });

  test('addresses and a public key make the login', async () => {
    const key = await stack.write('id.pub', `${KEYS.public}\n`);
    const args = ['--by', 'c-it', '--address', '127.0.0.1', '::1', '--public-key', key];
    expect(await succeed('deliver', 'korenaar', 'upload-addresses', ...args)).toContain('127.0.0.1');
    expect(stateOf(await shown(), 'sftp-login')).toBe('checked');
  });

  test('the rest is agreed on and checked off', async () => {
    const overview = await stack.write('overview.csv', OVERVIEW);
    await succeed('deliver', 'korenaar', 'structure-overview', ...onBehalf, '--file', overview);
    await succeed('deliver', 'korenaar', 'record-contents', ...onBehalf, '--note', 'as in the example');
    await succeed('deliver', 'korenaar', 'frequency', ...onBehalf, '--time', '06:00');
    await succeed('deliver', 'korenaar', 'known-exceptions', ...onBehalf, '--note', 'none');
    for (const { id, state } of (await shown()).view?.items ?? []) {
      if (state === 'delivered')
        expect(await succeed('check', 'korenaar', id, '--by', 'staff-17')).toContain('Checked off');
    }
    expect(await refusal('check', 'korenaar', 'record-contents', '--by', 'staff-17')).toContain(
      'is checked off already.',
    );
  });

  test('a first upload is seen by itself', async () => {
    await upload('people.csv', csvOf(madeUpPeople(1, 40)));
    await untilShown((now) => stateOf(now, 'first-upload') === 'checked');
  });

  test('something checked off is opened again, with a reason', async () => {
    const args = ['korenaar', 'known-exceptions', '--by', 'staff-17'];
    expect(await succeed('reopen', ...args, '--reason', 'one was forgotten')).toContain('Reopened');
    await succeed('deliver', 'korenaar', 'known-exceptions', ...onBehalf, '--note', 'the board is left alone');
    await succeed('check', ...args);
  });
});

describe('at any time', () => {
  test('a question is asked and answered', async () => {
    const ask = [
      'ask',
      'korenaar',
      'Where does head office belong?',
      '--by',
      'staff-21',
      '--to',
      'c-hr',
      '--about',
      'groups',
    ];
    expect(await succeed(...ask)).toMatch(/^Question q1 to c-hr, due on /);
    expect((await say('show', 'korenaar')).stdout).toContain('Where does head office belong?');
    expect(await refusal('answer', 'korenaar', 'q9', 'x', '--by', 'c-hr')).toContain('Open are: q1.');
    expect(await succeed('answer', 'korenaar', 'q1', 'Nowhere.', '--by', 'c-hr')).toContain('Answered: q1.');
  });

  test('somebody else takes over on either side, and may act at once', async () => {
    const file = join(stack.folder, 'customer.yaml');
    const text = await readFile(file, 'utf8');
    const other = text.replace('manager: staff-17', 'manager: staff-21').replaceAll('id: c-it', 'id: c-it-2');
    expect(other).not.toBe(text);
    const saved = await run(['contact', 'save', await stack.write('others.yaml', other)]);
    expect(saved.stderr).toBe('');
    expect(saved.stdout).toMatch(/^The contacts of korenaar are now .*c-it-2.*; the manager is staff-21\.\n/);
    const { events } = await untilShown((now) => now.view?.manager === 'staff-21');
    expect(events.some(({ text: words }) => words?.includes('the manager is staff-21') === true)).toBe(true);
    expect((await run(['onboarding', 'status', '--json'])).stdout).toContain('staff-21');
    const ask = ['ask', 'korenaar', 'Which port?', '--by', 'staff-21', '--to'];
    expect(await refusal(...ask, 'c-it')).toContain('c-it-2');
    expect(await succeed(...ask, 'c-it-2')).toContain('q2');
    expect((await run(['contact', 'save', file])).code).toBe(0);
    await untilShown((now) => now.view?.manager === 'staff-17');
  });

  test('it is paused, resumed and moved, each with a reason', async () => {
    expect(await succeed('pause', 'korenaar', '--by', 'staff-17', '--reason', 'moves house')).toContain('Paused.');
    expect((await run(['onboarding', 'status'])).stdout).toContain('paused');
    expect(await succeed('resume', 'korenaar', '--by', 'staff-17')).toContain('Resumed.');
    const move = ['move', 'korenaar', 'test', '--by', 'staff-17', '--reason', 'holidays', '--to'];
    const later = `${new Date().getUTCFullYear() + 1}-12-06`;
    expect(await succeed(...move, later)).toContain(`is due on ${later}`);
    expect(await refusal(...move, '2099-01-05')).toContain('more than 2 years away');
    expect(await refusal(...move, '2001-01-05')).toContain('is past');
  });
});

describe('week 2', () => {
  const approve = async (version: number, contact: string) =>
    succeed(
      ...['mapping', 'approve', 'korenaar', '--version', String(version), '--by', contact],
      ...['--code', await code(contact, `Concept mapping, version ${version}`)],
    );

  test('the groups are approved by both sides, each with its code', async () => {
    const { view } = await untilShown((now) => now.view?.groups.status === 'open');
    const version = String(view?.groups.version);
    const args = ['approve', 'korenaar', 'groups', '--version', version, '--by'];
    expect(await refusal(...args, 'c-hr', '--code', 'AAAA-AAAA')).toContain('Nothing was');
    for (const contact of ['c-hr', 'staff-21'])
      await succeed(...args, contact, '--code', await code(contact, `Groups of the network, version ${version}`));
    await untilShown((now) => stateOf(now, 'groups') === 'checked');
  });

  test('a mapping with a mistake is not kept, and one that is right becomes a concept', async () => {
    await untilShown((now) => now.view?.items.find(({ id }) => id === 'concept-mapping')?.finding !== null);
    expect((await say('mapping', 'show', 'korenaar')).stdout).toContain('No concept was sent yet.');
    const wrong = await stack.write('wrong.yaml', MAPPING.replace('givenName', 'givenname'));
    expect(await refusal('mapping', 'propose', 'korenaar', wrong, '--by', 'staff-21')).toContain(
      'Unknown key `givenname`',
    );
    const file = await stack.write('mapping.yaml', MAPPING);
    expect(await succeed('mapping', 'propose', 'korenaar', file, '--by', 'staff-21')).toContain(
      'Concept 1 is made from',
    );
    expect((await say('mapping', 'show', 'korenaar')).stdout).toMatch(/^Concept 1 of korenaar, made from version \d/m);
  });

  test('a line is commented on, changes are requested, and a late approval of that version is refused and shown', async () => {
    const version = (await shown()).view?.mapping.version ?? 0;
    const [line] = /[A-Z]\d+/.exec((await say('mapping', 'show', 'korenaar')).stdout) ?? [];
    const about = ['--version', String(version), '--by', 'c-hr'];
    expect(await succeed('mapping', 'comment', 'korenaar', line ?? '', 'Not so.', ...about)).toContain(
      'Noted for line',
    );
    expect(await succeed('mapping', 'reject', 'korenaar', ...about, '--reason', 'see the comment')).toContain(
      'Changes are requested',
    );
    const late = ['mapping', 'approve', 'korenaar', ...about, '--code', await code('c-hr', `version ${version}`)];
    expect(await refusal(...late)).toContain(
      `Version ${version} of the mapping is not open any more: concept 1 ended with "changes requested".`,
    );
    const { events } = await untilShown((now) => now.events.some(({ refused }) => refused));
    expect(events.find(({ refused, text }) => refused && text?.includes(`Version ${version}`))).toBeDefined();
    expect(await refusal('mapping', 'approve', 'korenaar', '--version', '99', '--by', 'c-hr')).toContain(
      'No concept of korenaar is made from version 99 of the mapping.',
    );
  });

  test('the next concept is approved by the customer and by two people at Speakap', async () => {
    const file = await stack.write('mapping-2.yaml', MAPPING.replace('percent: 10', 'percent: 5'));
    await succeed('mapping', 'propose', 'korenaar', file, '--by', 'staff-21', '--comment', 'fewer at once');
    const version = (await shown()).view?.mapping.version ?? 0;
    for (const contact of ['c-hr', 'staff-21']) expect(await approve(version, contact)).toContain('Still needed');
    expect(await refusal('mapping', 'approve', 'korenaar', '--version', String(version), '--by', 'staff-21')).toContain(
      'four eyes are two people',
    );
    expect(await approve(version, 'staff-17')).toContain('is approved by both sides.');
    await untilShown((now) => stateOf(now, 'final-mapping') === 'checked');
  });
});

describe('the end', () => {
  test('a rule is left out by name; cancelled, it says what it removed, and nothing more is taken', async () => {
    await untilShown((now) => stateOf(now, 'rule-roles') !== 'open' || now.view?.mapping.status === 'approved');
    const reason = ['--by', 'staff-17', '--reason', 'after release'];
    await succeed('leave-out', 'korenaar', 'rule-roles', ...reason);
    expect((await say('show', 'korenaar')).stdout).toMatch(/Left out\n[^]*rule-roles/);
    expect(await succeed('cancel', 'korenaar', '--by', 'staff-17', '--reason', 'the contract ended')).toContain(
      'Cancelled.',
    );
    await until(
      async () => (await run(['onboarding', 'status'])).stdout.includes('No implementation is under way'),
      120,
    );
    expect((await run(['onboarding', 'status', '--all'])).stdout).toMatch(/korenaar +│ cancelled/);
    expect(await refusal('pause', 'korenaar', ...reason)).toContain('is not under way');
  });
});
