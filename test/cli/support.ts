import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledSources } from '../support/ask-shared-servers.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the JSON it should be. */
  json(): Json;
}

/** What a test expects of an answer; `expect` finds out whether it is there. */
export type Json = Readonly<Record<string, unknown>>;

export interface Call {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
}

/** Runs the real command in a process of its own. Whatever services the environment names are somebody's, and no place for tests. */
export async function usersync(args: readonly string[], { env = {}, input = '' }: Call = {}): Promise<Answer> {
  const child = await spawnUsersync(args, env);
  child.stdin.end(input);
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(toAnswer(code, stdout.join(''), stderr.join(''))));
  });
}

/** The command as a process that goes on. */
export async function spawnUsersync(
  args: readonly string[],
  env: Call['env'] = {},
): Promise<ChildProcessWithoutNullStreams> {
  const command = [join(await compiledSources(), 'cli', 'main.js'), ...args];
  return spawn(process.execPath, command, { cwd: root, env: { ...ownEnvironment(), ...env } });
}

function toAnswer(code: number | null, stdout: string, stderr: string): Answer {
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as Json };
}

function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(DATABASE_URL|TEMPORAL_|USERSYNC_|FORCE_COLOR)/.test(name),
  );
  return { ...Object.fromEntries(kept), USERSYNC_USER: 'tester' };
}

/** A folder of one's own, with a way to remove it. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'usersync-cli-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
