import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCustomerFile } from '../../src/cli/customer/add.js';
import { fencesOf, inRepository, markdownFiles } from './markdown.js';
import { commandsOf, type ShellCommand } from './shell.js';
import { isCommand, problemWith } from './usersync-parser.js';

const Package = z.object({ scripts: z.record(z.string(), z.string()) });

/** Programs of others, of which only the name is known here. */
const FOREIGN = new Set([
  'apt-get',
  'cp',
  'curl',
  'git',
  'kubectl',
  'openssl',
  'printf',
  'sftp',
  'ssh-keygen',
  'ssh-keyscan',
  'temporal',
]);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-docs-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('every command in a text can be typed as it stands', async () => {
  const files = markdownFiles();
  const commands = files.flatMap((file) => commandsOf(file).map((command) => ({ file: file.path, command })));
  expect(commands.length).toBeGreaterThan(20);

  const wrong: string[] = [];
  for (const { file, command } of commands) {
    const problem = await problemOf(command);
    if (problem !== null) wrong.push(`${file}: ${command.line}: ${problem}`);
  }
  expect(wrong).toEqual([]);
});

test('commands named in the flow of a text exist as well', async () => {
  const wrong: string[] = [];
  for (const { path, text } of markdownFiles()) {
    for (const [, args = ''] of text.matchAll(/`usersync ((?:[a-z]+ ?)+)`/g)) {
      if (!isCommand(args.trim().split(' '))) wrong.push(`${path}: usersync ${args}`);
    }
    for (const [, script = ''] of text.matchAll(/`npm run ([\w:-]+)/g)) {
      if (!(script in (await scripts()))) wrong.push(`${path}: npm run ${script}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('every command that a message of the program names exists', async () => {
  const named = new Set(
    sourceTexts().flatMap((text) =>
      [...text.matchAll(/["`]usersync ((?:[a-z]+ ?)+)/g)].map(([, words = '']) => words.trim()),
    ),
  );
  expect(named.size).toBeGreaterThan(5);
  expect([...named].filter((words) => !isCommand(words.split(' ')))).toEqual([]);
});

test('a command line with an unknown command, option or argument is found', async () => {
  expect(await problemWith(['sync', 'plan', 'korenaar'])).toBeNull();
  expect(await problemWith(['sync', 'plann', 'korenaar'])).toMatch(/unknown command/);
  expect(await problemWith(['sync', 'plan', 'korenaar', '--fast'])).toMatch(/unknown option/);
  expect(await problemWith(['sync', 'plan'])).toMatch(/missing required argument/);
  expect(await problemWith(['sync', 'plan', 'korenaar', 'again'])).toMatch(/too many arguments/);
});

test("the README's customer file is one that `customer add` takes", async () => {
  const [document] = await readmeFences('yaml');
  await writeFile(join(folder, 'korenaar.yaml'), document ?? '');
  const env = { KORENAAR_APP_SECRET: 'one', KORENAAR_SCIM_TOKEN: 'two' };
  const read = await readCustomerFile(join(folder, 'korenaar.yaml'), env);
  expect(read.document).toMatchObject({ slug: 'korenaar', source: { kind: 'drop' } });
  expect(read.secrets.network).toMatchObject({ appSecret: 'one', scimToken: 'two' });
});

async function problemOf({ words: [program = '', ...args] }: ShellCommand): Promise<string | null> {
  switch (program) {
    case 'usersync':
      return problemWith(args);
    case 'npm':
      return npmProblem(args);
    case 'npx':
      return npxProblem(args);
    case 'node':
      return fileProblem(args.find((arg) => !arg.startsWith('-')) ?? '');
    case 'docker':
      return dockerProblem(args);
    default:
      if (program.startsWith('.')) return fileProblem(program);
      return FOREIGN.has(program) ? null : `"${program}" is no program that a test knows`;
  }
}

/** `docker compose run --rm usersync ...` is the command in a container of its own. */
async function dockerProblem(args: readonly string[]): Promise<string | null> {
  const service = args.indexOf('usersync');
  return args[1] === 'run' && service !== -1 ? problemWith(args.slice(service + 1)) : null;
}

async function npmProblem([verb = '', ...rest]: readonly string[]): Promise<string | null> {
  if (['test', 'start', 'ci', 'install'].includes(verb)) return null;
  const [script = '', separator, ...args] = rest;
  if (verb !== 'run' || !(script in (await scripts()))) return 'package.json has no such script';
  if (script === 'usersync') return problemWith(args);
  if (script === 'demo' || script === 'start') return problemWith([script, ...args]);
  return separator === undefined || separator === '--' ? null : 'arguments of a script stand behind --';
}

function npxProblem([program = '', ...args]: readonly string[]): string | null {
  if (!existsSync(inRepository(`node_modules/.bin/${program}`))) return `${program} is not installed`;
  return program === 'tsx' ? fileProblem(args[0] ?? '') : null;
}

function fileProblem(path: string): string | null {
  return existsSync(inRepository(path)) ? null : `there is no file ${path}`;
}

function sourceTexts(): readonly string[] {
  return readdirSync(inRepository('src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('prisma'))
    .map((path) => readFileSync(inRepository(`src/${path}`), 'utf8'));
}

async function scripts(): Promise<Readonly<Record<string, string>>> {
  return Package.parse(JSON.parse(await readFile(inRepository('package.json'), 'utf8'))).scripts;
}

async function readmeFences(language: string): Promise<readonly string[]> {
  const text = await readFile(inRepository('README.md'), 'utf8');
  return fencesOf({ path: 'README.md', text })
    .filter((fence) => fence.language === language)
    .map((fence) => fence.text);
}
