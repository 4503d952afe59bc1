import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, usersync } from './support.js';

const MAPPING = 'examples/woodgrove/mapping.yaml';
const RECORD = 'examples/woodgrove/day-1.csv';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

async function write(name: string, content: string): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
}

describe('without a stack', () => {
  test('a command that needs one says so, and what to do', async () => {
    const answer = await usersync(['customer', 'list', '--data', folder.path]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain(`no stack is running on the data folder ${folder.path}`);
    expect(answer.stderr).toContain('Nothing was changed. Start one with "npm start"');
    expect(answer.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a program gets the error as JSON', async () => {
    const answer = await usersync(['customer', 'list', '--json', '--data', folder.path]);
    expect(answer.code).toBe(1);
    expect(answer.stdout).toBe('');
    expect(JSON.parse(answer.stderr)).toMatchObject({ error: { kind: 'NoStack' } });
  });

  test('a program is told as JSON as well that its command line is wrong', async () => {
    for (const [args, message] of [
      [['sync', 'plan'], "missing required argument 'slug'. Nothing was tried."],
      [['sync'], 'A command is missing. Nothing was tried.'],
      [['sync', 'plann'], "unknown command 'plann' (Did you mean plan?). Nothing was tried."],
    ] as const) {
      const answer = await usersync([...args, '--json']);
      expect(answer).toMatchObject({ code: 2, stdout: '' });
      const expected = { kind: 'WrongUsage', message: `${message} Add --help to see how it is used.` };
      expect(JSON.parse(answer.stderr)).toEqual({ error: expected });
    }
    expect((await usersync(['sync', 'plan'])).stderr).toMatch(
      /^error: missing required argument 'slug'\nNothing was tried/,
    );
  });

  test('a Postgres that does not answer is named without its password', async () => {
    const env = { DATABASE_URL: 'postgresql://me:geheim@127.0.0.1:1/usersync' };
    const answer = await usersync(['customer', 'list'], { env });
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('Postgres does not answer at 127.0.0.1:1/usersync (ECONNREFUSED)');
    expect(answer.stderr).not.toContain('geheim');
  });

  test('a setting that cannot be used is named', async () => {
    const answer = await usersync(['customer', 'list'], { env: { USERSYNC_HEARTBEAT_SECONDS: 'often' } });
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('USERSYNC_HEARTBEAT_SECONDS');
  });
});

describe('mapping check', () => {
  test('finds a mapping right, and says what it reads', async () => {
    const answer = await usersync(['mapping', 'check', MAPPING, '--record', RECORD]);
    expect(answer.stderr).toBe('');
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain(`${MAPPING} is right. It reads 9 columns: WorkerID, WorkerStatus`);
    expect(answer.stdout).toContain('1,000 rows');
  });

  test('names a column that is not in the record, with line, column and the nearest one', async () => {
    const path = await write(
      'mapping.yaml',
      (await readFile(MAPPING, 'utf8')).replaceAll('JobTitle ==', 'JobTitel =='),
    );
    const answer = await usersync(['mapping', 'check', path, '--record', RECORD]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain(
      `${path}:24:11 roles[0].when: Unknown field \`JobTitel\`. Did you mean "JobTitle"?`,
    );
    expect(answer.stderr).toContain('2 problems. Nothing was changed.');
  });

  test('answers a program with the places', async () => {
    const path = await write('empty.yaml', 'format: 1\nexternalID: WorkerID\n');
    const answer = await usersync(['mapping', 'check', path, '--json']);
    expect(answer.code).toBe(1);
    const { ok, problems } = answer.json();
    expect(ok).toBe(false);
    expect(problems).toContainEqual(
      expect.objectContaining({ line: 2, column: 1, text: expect.stringContaining('externalId') as string }),
    );
  });

  test.each([
    ['cut-off.csv', 'WorkerID,WorkerStatus\n1,"Act', 'The file is cut off'],
    ['nothing.csv', '', 'The file is empty'],
  ])('a record that is no record is refused: %s', async (name, content, sentence) => {
    const answer = await usersync(['mapping', 'check', MAPPING, '--record', await write(name, content)]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain(sentence);
  });

  test('a file that is not there is named', async () => {
    const answer = await usersync(['mapping', 'check', 'no-such.yaml']);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toBe('no-such.yaml: there is no such file. Nothing was changed.\n');
    const record = await usersync(['mapping', 'check', MAPPING, '--record', 'no-such.csv']);
    expect(record.stderr).toBe('no-such.csv: there is no such file. Nothing was changed.\n');
  });
});

describe('the file of a customer', () => {
  const FILE = `slug: Korenaar
name: De Korenaar
timeZone: Europe/Amsterdm
manager: p.jansen
dailyAt: "02:30"
network:
  eid: 12345
  apiBase: api.speakap.io
  apibase: x
  credentials:
    appEid: 0123456789abcdef
    appSecret: geheim
    scimToken: { env: A, file: b }
source:
  kind: ftp
`;

  test('is refused with every mistake and its place, and without the secret that was written into it', async () => {
    const path = await write('customer.yaml', FILE);
    const answer = await usersync(['customer', 'add', path, '--data', folder.path]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain(`${path}:1:7 slug: "Korenaar" is no customer slug`);
    expect(answer.stderr).toContain(
      `${path}:3:11 timeZone: "Europe/Amsterdm" is no IANA time zone. Did you mean "Europe/Amsterdam"?`,
    );
    expect(answer.stderr).toContain(`${path}:5:10 dailyAt: At 02:30 clocks are changed twice a year`);
    expect(answer.stderr).toContain(`${path}:7:8 network.eid: "12345" is no EID`);
    expect(answer.stderr).toContain(`${path}:8:12 network.apiBase: A web address is needed here`);
    expect(answer.stderr).toContain(`${path}:9:3 network.apibase: Unknown key \`apibase\`. Did you mean "apiBase"?`);
    expect(answer.stderr).toContain(`${path}:12:16 network.credentials.appSecret: A secret is not written here`);
    expect(answer.stderr).toContain('scimToken: Give one of `env` and `file`');
    expect(answer.stderr).toContain('A `kind` is needed here: drop, sftp or afas.');
    expect(answer.stderr).not.toContain('geheim');
    expect(answer.stderr).toContain('Nothing was changed.');
  });

  test('names a secret that is not where it should be', async () => {
    const path = await write(
      'secrets.yaml',
      `slug: korenaar
name: De Korenaar
timeZone: Europe/Amsterdam
manager: p.jansen
dailyAt: 05:30
network:
  eid: 0123456789abcdef
  apiBase: https://api.speakap.io
  credentials: { appEid: 0123456789abcdef, appSecret: { env: NOT_SET_HERE }, scimToken: { file: not-there.txt } }
source:
  kind: drop
`,
    );
    const answer = await usersync(['customer', 'add', path, '--data', folder.path]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain(
      ':9:55 network.credentials.appSecret: The environment variable NOT_SET_HERE is not set',
    );
    expect(answer.stderr).toContain(`The file ${join(folder.path, 'not-there.txt')} cannot be read.`);
  });

  test('broken YAML is named with its line', async () => {
    const answer = await usersync([
      'customer',
      'add',
      await write('broken.yaml', 'slug: korenaar\nname: "De Korenaar\n'),
    ]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toMatch(/broken\.yaml:\d+:\d+ This is no valid YAML/);
  });
});
