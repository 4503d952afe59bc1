import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { generateKeyPair } from '../../src/drop/key-pair.js';
import { BAKERS, customerFile, MAPPING, NETWORK, recordOf } from './korenaar.js';
import type { Answer, Call } from './support.js';
import { Sandbox, startTestStack, upload, type Login, type TestStack } from './test-stack.js';

// Every step is a process of its own, on a machine that other tests use as well.
vi.setConfig({ testTimeout: 180_000 });

let stack: TestStack;
let sandbox: Sandbox;
let login: Login;

/** The tests are one story and stand in its order. */
beforeAll(async () => {
  stack = await startTestStack();
  sandbox = new Sandbox(stack.addresses.sandbox?.url ?? '');
  await sandbox.createNetwork(NETWORK);
  await stack.write('scim-token.txt', 'scim-token-of-korenaar\n');
});
afterAll(() => stack?.close());

const run = (args: readonly string[], call?: Call): Promise<Answer> => stack.run(args, call);
const people = (): Promise<readonly unknown[]> => sandbox.people('0123456789abcdef');

describe('customer', () => {
  test('a list without customers says how to add one', async () => {
    const answer = await run(['customer', 'list']);
    expect(answer.code).toBe(0);
    expect(answer.stdout).toBe('There is no customer yet. "usersync customer add FILE" adds one.\n');
  });

  test('an unknown one is named', async () => {
    const answer = await run(['customer', 'show', 'korenaar']);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('There is no customer "korenaar". There is none yet.');
  });

  test('is added from its file, again and again', async () => {
    const file = await stack.write('korenaar.yaml', customerFile(stack.addresses.sandbox?.url ?? ''));
    const call = { env: { KORENAAR_APP_SECRET: 'app-secret-of-korenaar' } };
    const answer = await run(['customer', 'add', file], call);
    expect(answer.stderr).toBe('');
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain('De Korenaar (korenaar) is saved, with its secrets sealed.');
    expect((await run(['customer', 'add', file, '--json'], call)).json()).toMatchObject({
      slug: 'korenaar',
      source: 'drop',
    });
  });

  test('is shown without its secrets, with its paused schedule', async () => {
    const answer = await run(['customer', 'show', 'korenaar', '--json']);
    expect(answer.json()).toMatchObject({
      id: 'korenaar',
      network: { eid: '0123456789abcdef' },
      source: { kind: 'drop', settings: { userName: 'korenaar-intake', completeness: { kind: 'atomic' } } },
      schedule: { paused: true },
      activeMapping: null,
      lastRun: null,
      dropAccounts: [{ userName: 'korenaar-intake', access: 'fetch', disabled: false }],
    });
    expect(answer.stdout).not.toMatch(/credentials|secret|sealed/i);
    const words = await run(['customer', 'show', 'korenaar']);
    expect(words.stdout).toMatch(/schedule +05:30 Europe\/Amsterdam, paused/);
    expect(words.stdout).toMatch(/mapping +none is active/);
  });
});

describe('drop account', () => {
  const add = (...args: readonly string[]): Promise<Answer> => run(['drop', 'account', 'add', 'korenaar', ...args]);

  test('a generated password is shown once, with all that is handed over', async () => {
    const answer = await run([
      'drop',
      'account',
      'add',
      'korenaar',
      'korenaar-hr',
      '--from',
      '127.0.0.1',
      '::1/128',
      '--generate-password',
      '--json',
    ]);
    expect(answer.code).toBe(0);
    expect(answer.json()).toMatchObject({ userName: 'korenaar-hr', port: stack.addresses.drop?.port });
    login = { userName: 'korenaar-hr', password: String(answer.json()['password']) };
    expect(login.password).toMatch(/^[a-z2-9]{6}(-[a-z2-9]{6}){3}$/);
    const list = await run(['drop', 'account', 'list', 'korenaar']);
    expect(list.stdout).toMatch(/korenaar-hr +│ the customer +│ password/);
    expect(list.stdout).toMatch(/korenaar-intake +│ our intake/);
    expect(list.stdout).toContain(stack.addresses.drop?.hostKeyFingerprint);
    expect(list.stdout).not.toContain(login.password);
  });

  test('a login that is there is not changed by accident', async () => {
    const answer = await add('korenaar-hr', '--from', '127.0.0.1', '--generate-password');
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('The login "korenaar-hr" is there already. Nothing was changed.');
  });

  test('a key is enough, a private one is refused', async () => {
    const keys = generateKeyPair('test');
    const key = await stack.write('id.pub', `${keys.publicKey}\n`);
    const answer = await add('korenaar-it', '--from', '203.0.113.0/24', '--key', key);
    expect(answer.stderr).toBe('');
    expect(answer.stdout).toMatch(/keys +1/);
    expect(answer.stdout).not.toContain('password');
    const secret = await add(
      'korenaar-x',
      '--from',
      '203.0.113.0/24',
      '--key',
      await stack.write('id', keys.privateKey),
    );
    expect(secret.code).toBe(1);
    expect(secret.stderr).toContain('is a private key');
  });

  test('a password comes by standard input and is not shown again', async () => {
    const args = ['drop', 'account', 'add', 'korenaar', 'korenaar-pw', '--from', '127.0.0.1', '--password-stdin'];
    expect((await run(args, { input: 'short\n' })).stderr).toContain('shorter than 12 letters. Nothing was changed.');
    const answer = await run(args, { input: 'long enough for this\n' });
    expect(answer.code).toBe(0);
    expect(answer.stdout).not.toContain('long enough');
  });

  test.each([
    [['a-b', '--from', '10.0.0.300/24', '--generate-password'], 'is no address and no range'],
    [['a-b', '--from', '10.0.0.1'], 'A login needs a way in'],
    [['a/b', '--from', '10.0.0.1', '--generate-password'], 'is no user name'],
  ])('%j is wrong usage', async (args, sentence) => {
    const answer = await add(...args);
    expect(answer.code).toBe(2);
    expect(answer.stderr).toContain(sentence);
  });
});

describe('mapping', () => {
  test('without one nothing is planned, and no schedule is switched on', async () => {
    for (const args of [
      ['sync', 'plan'],
      ['sync', 'run'],
      ['schedule', 'resume'],
    ]) {
      const answer = await run([...args, 'korenaar']);
      expect(answer.code).toBe(1);
      expect(answer.stderr).toContain(
        'korenaar has no active mapping, so nothing can be planned. Nothing was changed.',
      );
    }
  });

  test('one with a mistake is not kept', async () => {
    const file = await stack.write('wrong.yaml', MAPPING.replace('givenName', 'givenname'));
    const answer = await run(['mapping', 'import', 'korenaar', file, '--by', 'i.vos']);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain(
      'wrong.yaml:4:3 columns.givenname: Unknown key `givenname`. Did you mean "givenName"?',
    );
    expect((await run(['mapping', 'show', 'korenaar', '--json'])).json()).toMatchObject({ versions: [] });
  });

  test('is kept as versions, none of which is active before a dry run of it', async () => {
    const file = await stack.write('mapping.yaml', MAPPING);
    const first = await run(['mapping', 'import', 'korenaar', file, '--by', 'i.vos', '--comment', 'first try']);
    expect(first.stdout).toContain('is kept as version 1 of korenaar, as a draft.');
    expect(first.stdout).toContain('usersync sync plan korenaar --mapping 1');
    await run(['mapping', 'import', 'korenaar', file, '--by', 'i.vos']);
    const unseen = await run(['mapping', 'activate', 'korenaar', '1']);
    expect(unseen.code).toBe(1);
    expect(unseen.stderr).toContain('No dry run of version 1 of the mapping of korenaar has been finished');
    const history = await run(['mapping', 'history', 'korenaar']);
    expect(history.stdout).toMatch(/2 │ draft[^]*1 │ draft +│ i\.vos .*first try/);
    const shown = await run(['mapping', 'show', 'korenaar']);
    expect(shown.stdout).toMatch(/2 │ draft[^]*1 │ draft +│ i\.vos .*first try/);
    expect(shown.stdout).toContain(MAPPING.trimEnd());
    const unknown = await run(['mapping', 'show', 'korenaar', '--version', '7']);
    expect(unknown.stderr).toBe('korenaar has no mapping of version 7. There are: 2, 1.\n');
  });
});

describe('sync', () => {
  test('before any run there is nothing to report', async () => {
    expect((await run(['sync', 'list'])).stdout).toBe('There was no run yet.\n');
    const answer = await run(['sync', 'report', 'korenaar']);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('korenaar has had no run yet.');
  });

  test('without a delivery a run is rejected, with a sentence and nothing changed', async () => {
    const answer = await run(['sync', 'plan', 'korenaar', '--mapping', '1']);
    expect(answer.code).toBe(1);
    expect(answer.stdout).toContain('dry run, rejected');
    expect((await run(['mapping', 'activate', 'korenaar', '1'])).code).toBe(1);
    expect(await people()).toHaveLength(1);
  });

  test('a plan shows what would be done, and does nothing of it', async () => {
    await upload(stack, login, 'day-1.csv', recordOf([...BAKERS, '0006,Fred']));
    const csv = join(stack.folder, 'warnings.csv');
    const answer = await run(['sync', 'plan', 'korenaar', '--mapping', '1', '--csv', csv]);
    expect(answer.code).toBe(0);
    expect(answer.stderr).toContain('starting\n');
    expect(answer.stdout).toContain('dry run, done');
    expect(answer.stdout).toMatch(/created +│ +5 /);
    expect(answer.stdout).toMatch(/0001 Anna Aalders/);
    expect(answer.stdout).toContain('16 changes, none of them done');
    expect(await people()).toHaveLength(1);
    const { data } = Papa.parse<Record<string, string>>((await readFile(csv, 'utf8')).slice(1), {
      header: true,
      skipEmptyLines: true,
    });
    expect(data).toMatchObject([
      { stage: 'read', rows: '7', xid: '0006', code: 'too_few_fields' },
      { stage: 'plan', rows: '7', xid: '0006' },
    ]);
  });

  test('the version that was planned can become active, and no other', async () => {
    expect((await run(['mapping', 'activate', 'korenaar', '2'])).stderr).toContain('No dry run of version 2');
    const answer = await run(['mapping', 'activate', 'korenaar', '1', '--by', 'p.jansen']);
    expect(answer.stdout).toContain('Version 1 of korenaar is active now. The next run looks at 6 people again');
    expect((await run(['mapping', 'history', 'korenaar'])).stdout).toMatch(/1 │ active +│ i\.vos .*p\.jansen/);
  });

  test('a plan answers programs in JSON', async () => {
    const answer = await run(['sync', 'plan', 'korenaar', '--json', '--quiet', '--by', 'i.vos']);
    expect(answer.stderr).toBe('');
    expect(answer.json()).toMatchObject({
      run: { kind: 'dry', status: 'done', requestedBy: 'i.vos', mappingVersion: 1 },
      counts: { read: 6, created: 5, invited: 5, joined: 5, held: 0 },
      totalChanges: 16,
    });
  });

  test('a mapping with a role that the network does not have is not kept, once the network was read', async () => {
    const roles = `roles:\n  - target: network\n    role: Store manger\n`;
    const file = await stack.write('roles.yaml', MAPPING.replace('invitations:', `${roles}invitations:`));
    const answer = await run(['mapping', 'check', file, '--customer', 'korenaar']);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('The network has no role "Store manger". Did you mean "Store manager"?');
  });

  test('feature 23: two versions are compared by what they do to the snapshot', async () => {
    const same = await run(['mapping', 'compare', 'korenaar', '1', '2']);
    expect(same.stdout).toBe(
      'Versions 1 and 2 mean the same.\nNobody in the last accepted snapshot is changed by it.\n',
    );
    const roles = 'roles:\n  - target: network\n    role: admin\n    when: Id == "0001"\n';
    const text = MAPPING.replace('invitations:', `${roles}invitations:`).replace('column: Store', 'name: Rotterdam');
    const file = await stack.write('by-effect.yaml', text);
    expect((await run(['mapping', 'import', 'korenaar', file, '--by', 'i.vos'])).code).toBe(0);
    const other = await run(['mapping', 'compare', 'korenaar', '1', '3']);
    expect(other.stdout).toContain('+ role in network: "admin" when Id == "0001"');
    expect(other.stdout).toMatch(/In the last accepted snapshot: 5 people change group, 1 becomes administrator\.\n$/);
    const back = await run(['mapping', 'compare', 'korenaar', '3', '1']);
    expect(back.stdout).toMatch(/5 people change group, 1 loses admin\.\n$/);
  });

  test('a live run makes the network equal to the record', async () => {
    const answer = await run(['sync', 'run', 'korenaar']);
    expect(answer.stderr).not.toContain('Error');
    expect(answer.code).toBe(0);
    expect(answer.stdout).toMatch(/created +│ +5 /);
    expect(answer.stdout).toMatch(/active +│ +5 /);
    expect(answer.stdout).toContain('Person by person: usersync sync report korenaar --run 4');
    expect(await people()).toHaveLength(6);
  });

  test('too many leavers are held: exit code 3, until a person decides', async () => {
    await upload(stack, login, 'day-2.csv', recordOf([...BAKERS.slice(3), '0007,Gerda,Groen']));
    const held = await run(['sync', 'run', 'korenaar', '--json']);
    expect(held.code).toBe(3);
    expect(held.json()).toMatchObject({ counts: { created: 1, suspended: 0 }, held: [{ kind: 'suspend' }] });
    const list = await run(['sync', 'list', 'korenaar']);
    expect(list.stdout).toMatch(/korenaar +│ +5 │ live │ waiting for a decision/);

    const wrong = await run(['sync', 'approve', 'korenaar', '--by', 'p.jansen', '--kind', 'create', '--comment', 'x']);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('No change of the kind "create" is held. Held are: suspend.');
    const approved = await run([
      'sync',
      'approve',
      'korenaar',
      '--by',
      'p.jansen',
      '--kind',
      'suspend',
      '--comment',
      'a store closed',
    ]);
    expect(approved.code).toBe(0);
    expect(approved.stdout).toContain('Approved: suspend.');
    await stack.untilRunIs('korenaar', 'done');
    const last = await run(['sync', 'list', 'korenaar', '--limit', '1', '--json']);
    expect(last.json()).toMatchObject({ runs: [{ number: 5, held: 0, failed: 0 }] });
    const late = await run(['sync', 'refuse', 'korenaar', '--by', 'p.jansen', '--comment', 'x']);
    expect(late.code).toBe(1);
    expect(late.stderr).toContain('nothing waits for a decision');
  });

  test('a run started without waiting is there afterwards', async () => {
    const answer = await run(['sync', 'run', 'korenaar', '--last', '--no-wait', '--json']);
    expect(answer.code).toBe(0);
    expect(answer.json()).toMatchObject({ workflowId: 'daily-sync/korenaar' });
    await stack.untilRunIs('korenaar', 'done');
    const last = await run(['sync', 'list', 'korenaar', '--limit', '1', '--json']);
    expect(last.json()).toMatchObject({ runs: [{ number: 6, planned: 0, requestedBy: 'tester' }] });
  });

  test('a delivery that lacks a mapped column is refused, with the nearest one', async () => {
    await upload(stack, login, 'day-3.csv', recordOf(BAKERS).replace('Store', 'Shop'));
    const answer = await run(['sync', 'run', 'korenaar']);
    expect(answer.code).toBe(1);
    expect(answer.stdout).toContain('The file has no column "Store".');
    expect(await people()).toHaveLength(7);
  });
});

describe('sync report', () => {
  const report = (...args: readonly string[]): Promise<Answer> => run(['sync', 'report', 'korenaar', ...args]);

  test('tells every change with its reason', async () => {
    const answer = await report('--run', '4');
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain('De Korenaar (korenaar), run 4: live run, done');
    expect(answer.stdout).toMatch(/0001 Anna Aalders +│ join business unit "Delft"/);
    expect(answer.stdout).not.toContain('\u001b[');
  });

  test('names who decided', async () => {
    const { data } = Papa.parse<Record<string, string>>((await report('--run', '5', '--format', 'csv')).stdout, {
      header: true,
    });
    const suspended = data.filter(({ kind }) => kind === 'suspend');
    expect(suspended).toHaveLength(3);
    expect(suspended[0]).toMatchObject({ status: 'done', 'decided by': 'p.jansen: a store closed' });
  });

  test('is one JSON object with all changes', async () => {
    const answer = (await report('--run', '4', '--json')).json();
    expect(answer).toMatchObject({ run: { number: 4 }, totalChanges: 16, warnings: [{ rows: [7] }] });
    expect(answer['changes']).toHaveLength(16);
    expect((await report('--run', '6', '--json')).json()).toMatchObject({ totalChanges: 0, changes: [] });
  });

  test('is written to a file for its owner only', async () => {
    const out = join(stack.folder, 'report.html');
    const answer = await report('--run', '4', '--format', 'html', '--out', out);
    expect(answer.stdout).toBe('');
    expect(answer.stderr).toBe(`The report is in ${out}.\n`);
    expect(await readFile(out, 'utf8')).toContain('<td>0001 Anna Aalders</td>');
    expect((await stat(out)).mode & 0o077).toBe(0);
    const markdown = await report('--run', '4', '--format', 'markdown');
    expect(markdown.stdout).toContain('| 0001 Anna Aalders |');
  });

  test('a file that cannot be written, a run that is not there and a wrong option are told', async () => {
    const nowhere = await report('--out', join(stack.folder, 'no', 'such', 'folder'));
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain('could not be written (ENOENT)');
    expect((await report('--run', '99')).stderr).toContain('korenaar has no run 99.');
    expect((await report('--warnings')).code).toBe(2);
  });
});

describe('sync reconcile', () => {
  test('says that nothing differs, and not how to mend it', async () => {
    const { code, stdout } = await run(['sync', 'reconcile', 'korenaar', '--by', 'p.jansen']);
    expect(code).toBe(0);
    expect(stdout).toContain('The network shows what the sync wrote: nothing differs.');
    expect(stdout).not.toContain('--repair');
  });
});

describe('a pilot', () => {
  test('is planned for its people alone, by the active mapping', async () => {
    await upload(stack, login, 'day-4.csv', recordOf([...BAKERS, '0011,Gea,Groot', '0012,Hans,Hof']));
    const plan = async (...args: readonly string[]): Promise<Answer> =>
      run(['sync', 'plan', 'korenaar', '--quiet', ...args]);
    expect((await plan('--xid', '0011')).stderr).toContain('Of the 1 people that were named, 1 stand neither');
    expect((await plan('--json')).json()).toMatchObject({ counts: { created: 2 } });
    const named = (await plan('--xid', '0011', '--json')).json();
    expect(named).toMatchObject({ run: { kind: 'dry', status: 'done' }, counts: { created: 1, invited: 1 } });
    expect((await plan('--only-group', 'department:Nowhere', '--json')).json()).toMatchObject({ totalChanges: 0 });
    expect((await plan('--only-group', 'business unit:Delft', '--json')).json()).toMatchObject({
      counts: { created: 2 },
    });
    const other = await plan('--xid', '0011', '--mapping', '1');
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
  });
});

describe('schedule', () => {
  test('is shown, switched on with its next time, and paused with a reason', async () => {
    const resumed = await run(['schedule', 'resume', 'korenaar']);
    expect(resumed.stdout).toBe('The schedule of korenaar is on: every day at 05:30 in Europe/Amsterdam.\n');
    const shown = await run(['schedule', 'show', 'korenaar']);
    expect(shown.stdout).toMatch(/next +\d{4}-\d\d-\d\d 05:30/);
    const paused = await run(['schedule', 'pause', 'korenaar', '--note', 'HR moves', '--json']);
    expect(paused.json()).toMatchObject({ paused: true, note: 'paused by tester: HR moves' });
    expect((await run(['schedule', 'show', 'korenaar', '--json'])).json()).toMatchObject({ paused: true, next: [] });
  });

  test('is shown with the weekly comparison of the network', async () => {
    expect((await run(['schedule', 'show', 'korenaar'])).stdout).toMatch(/compared weekly +no/);
    await run(['schedule', 'reconcile', 'korenaar', '--on', 'saturday', '--at', '08:05', '--repair']);
    const shown = await run(['schedule', 'show', 'korenaar']);
    expect(shown.stdout).toMatch(/compared weekly +saturday at 08:05 Europe\/Amsterdam, what differs is mended/);
    expect(shown.stdout).toMatch(/compared next +\d{4}-\d\d-\d\d 08:05/);
    await run(['schedule', 'reconcile', 'korenaar']);
    expect((await run(['schedule', 'show', 'korenaar', '--json'])).json()).toMatchObject({
      weekly: { on: 'sunday', at: '07:30', timeZone: 'Europe/Amsterdam', repair: false, paused: false, last: [] },
    });
    await run(['schedule', 'reconcile', 'korenaar', '--off']);
    expect((await run(['schedule', 'show', 'korenaar', '--json'])).json()).toMatchObject({ weekly: null });
  });

  test('adding the customer again keeps it as it is', async () => {
    await run(['schedule', 'resume', 'korenaar']);
    const call = { env: { KORENAAR_APP_SECRET: 'app-secret-of-korenaar' } };
    await run(['customer', 'add', join(stack.folder, 'korenaar.yaml')], call);
    expect((await run(['schedule', 'show', 'korenaar', '--json'])).json()).toMatchObject({ paused: false });
  });
});

describe('when parts are missing', () => {
  test('without a worker nothing is started', async () => {
    const answer = await run(['sync', 'plan', 'korenaar'], { env: { USERSYNC_TASK_QUEUE: 'nobody' } });
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('No worker listens on the task queue "nobody"');
  });

  test('without Temporal a customer is still shown', async () => {
    const env = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const [shown, plan] = await Promise.all([
      run(['customer', 'show', 'korenaar'], { env }),
      run(['sync', 'plan', 'korenaar'], { env }),
    ]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('Temporal does not answer');
    expect(plan.code).toBe(1);
    expect(plan.stderr).toContain('Temporal does not answer at 127.0.0.1:1');
  });

  test('without the master key of the worker no secret is sealed', async () => {
    const data = join(stack.folder, 'elsewhere');
    await mkdir(data);
    await writeFile(join(data, 'note'), '');
    const env = { DATABASE_URL: stack.addresses.databaseUrl, KORENAAR_APP_SECRET: 'x', USERSYNC_DATA: data };
    const answer = await run(['--data', data, 'customer', 'add', join(stack.folder, 'korenaar.yaml')], { env });
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('There is no master key');
  });
});
