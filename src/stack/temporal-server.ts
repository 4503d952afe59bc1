import { join } from 'node:path';
import { Connection, type ConnectionLike } from '@temporalio/client';
import { openConnection, temporalSettings } from '../temporal/connection.js';
import { cacheFolder } from './cache-folder.js';
import type { ChildCommand } from './children.js';
import type { DataFolder } from './data-folder.js';
import { KeptChild } from './kept-child.js';
import { waitForLock } from './lock-file.js';
import { retryWhenTaken } from './retry-when-taken.js';
import { runProgram } from './run-program.js';
import { prepareNamespace } from './temporal-namespace.js';
import { findTemporal } from './temporal-program.js';

export interface TemporalServer {
  readonly address: string;
  readonly namespace: string;
  /** Where a browser finds the UI; null for a server that is not ours. */
  readonly uiUrl: string | null;
  /** Resolves when a server of ours has ended and is not started again; never for one that is not ours. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface TemporalOptions {
  readonly folder: DataFolder;
  readonly log: (step: string) => void;
  readonly env: NodeJS.ProcessEnv;
  /** Preferred ones; what is taken is replaced. Default 7233 and 8233; `ui: null` starts no UI. */
  readonly ports?: { readonly grpc?: number; readonly ui?: number | null };
  /** More arguments for the development server, such as `--ui-codec-endpoint`. */
  readonly serverArguments?: readonly string[];
}

const READY_WITHIN_MS = 60_000;

/**
 * The service of TEMPORAL_ADDRESS when that is set, else our own development server, with its namespace prepared.
 * @throws TemporalUnreachable, NoTemporal, ChildFailed
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  return options.env['TEMPORAL_ADDRESS'] ? useExisting(options) : startOwn(options);
}

async function useExisting({ env, log }: TemporalOptions): Promise<TemporalServer> {
  const settings = temporalSettings(env, null);
  const connection = await openConnection(settings);
  const address = settings.connection.address ?? '';
  log(`Using the Temporal service at ${address}.`);
  await prepare(connection, settings.namespace, log);
  const ended = new Promise<string>(() => undefined);
  return { address, namespace: settings.namespace, uiUrl: null, ended, close: async () => undefined };
}

async function startOwn(options: TemporalOptions): Promise<TemporalServer> {
  const { env, log } = options;
  const program = await findTemporal({ env, log });
  // Asked too early, the server of a stack that starts at the same moment would answer on the port that both found free.
  const lock = await waitForLock(join(cacheFolder(env), 'temporal-start.lock'), ({ pid }) =>
    log(`Waiting until process ${pid} has started its Temporal.`),
  );
  try {
    return await retryWhenTaken(() => launch(program, options));
  } finally {
    lock.release();
  }
}

async function launch(program: string, options: TemporalOptions): Promise<TemporalServer> {
  const { folder, log, ports = {} } = options;
  const port = await folder.port('temporal', ports.grpc ?? 7233);
  const uiPort = ports.ui === null ? null : await folder.port('temporal-ui', ports.ui ?? 8233);
  log(`Starting Temporal on 127.0.0.1:${port}.`);
  const args = [...serverArguments(folder, port, uiPort), ...(await newsSwitch(program))];
  const start = () => folder.children.start(commandOf(program, args, options));
  const child = await start();
  const address = `127.0.0.1:${port}`;
  await child.waitUntil(() => answers(address), READY_WITHIN_MS);
  await prepare(await Connection.connect({ address }), 'default', log);
  const kept = new KeptChild('Temporal', child, start, log);
  const uiUrl = uiPort === null ? null : `http://127.0.0.1:${uiPort}`;
  return { address, namespace: 'default', uiUrl, ended: kept.ended, close: () => kept.stop() };
}

function commandOf(
  program: string,
  args: readonly string[],
  { folder, env, serverArguments = [] }: TemporalOptions,
): ChildCommand {
  return {
    name: 'Temporal',
    command: program,
    args: [...args, ...serverArguments],
    env: withoutTemporalSettings(env),
    logPath: folder.logPath('temporal'),
    signals: ['SIGINT', 'SIGTERM'],
    graceMs: 10_000,
  };
}

/**
 * WAL with synchronous=NORMAL: a crash of a process loses nothing; a crash of the machine can never damage the file
 * and at most loses the last moments, whose work in the network is in Postgres. OFF would be no faster to start, and
 * could lose a customer's six weeks.
 */
function serverArguments(folder: DataFolder, port: number, uiPort: number | null): readonly string[] {
  return [
    ['server', 'start-dev'],
    ['--ip', '127.0.0.1'],
    ['--port', String(port)],
    uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)],
    ['--db-filename', join(folder.path, 'temporal.sqlite')],
    ['--sqlite-pragma', 'journal_mode=WAL'],
    ['--sqlite-pragma', 'synchronous=NORMAL'],
    ['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
    ['--log-level', 'error'],
    ['--color', 'never'],
  ].flat();
}

/** The UI otherwise asks the internet for news. Older programs do not know the switch, and would refuse it. */
async function newsSwitch(program: string): Promise<readonly string[]> {
  const help = await runProgram(program, ['server', 'start-dev', '--help'], { timeoutMs: 15_000 });
  return help.includes('--ui-disable-news-fetch') ? ['--ui-disable-news-fetch'] : [];
}

/** The program reads TEMPORAL_* for its client commands; a profile of the user must not reach our server. */
function withoutTemporalSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return Object.fromEntries(kept);
}

async function answers(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

async function prepare(connection: ConnectionLike, namespace: string, log: (step: string) => void): Promise<void> {
  try {
    for (const problem of await prepareNamespace(connection, namespace)) log(problem);
  } finally {
    await connection.close();
  }
}
