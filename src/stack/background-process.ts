import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface BackgroundCommand {
  /** For people: `Postgres`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Where all its output goes. */
  readonly logPath: string;
}

export interface BackgroundProcess {
  readonly pid: number;
  /** Resolves when it ends, for whatever reason, with what is known of it. */
  readonly ended: Promise<string>;
  /** Waits until `isReady` answers true. @throws ChildFailed when the process ends first, or when it takes too long. */
  waitUntil(isReady: () => Promise<boolean>, timeoutMs: number): Promise<void>;
}

/** A program could not be started, ended by itself, or did not get ready. Says where its log is. */
export class ChildFailed extends Error {
  constructor(
    readonly child: string,
    what: string,
    readonly lastLines: string,
    logPath: string,
  ) {
    super(`${child} ${what}. ${lastLines === '' ? '' : `Its last words: ${lastLines} `}Its log is ${logPath}.`);
    this.name = new.target.name;
  }
}

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Starts a program in a session of its own, so that Ctrl-C reaches the stack alone, which then ends its children in order.
 * @throws ChildFailed when it cannot be started.
 */
export async function startInBackground(command: BackgroundCommand): Promise<BackgroundProcess> {
  const log = openLog(command.logPath);
  const logStart = statSync(command.logPath).size;
  const child = spawn(command.command, [...command.args], {
    cwd: command.cwd,
    env: command.env ?? process.env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const failed = (what: string) =>
    new ChildFailed(command.name, what, lastLines(command.logPath, logStart), command.logPath);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`),
    );
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(failed(`could not be started (${error.message})`)));
  });
  child.unref();
  const waitUntil: BackgroundProcess['waitUntil'] = async (isReady, timeoutMs) => {
    const what = await waitFor(isReady, ended, timeoutMs);
    if (what !== null) throw failed(what);
  };
  return { pid: child.pid ?? 0, ended, waitUntil };
}

/** null when ready, else what went wrong. */
async function waitFor(
  isReady: () => Promise<boolean>,
  ended: Promise<string>,
  timeoutMs: number,
): Promise<string | null> {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const outcome = await Promise.race([ended, isReady()]);
    if (outcome === true) return null;
    if (typeof outcome === 'string') return `${outcome} before it was ready`;
    await Promise.race([ended, sleep(30)]);
  }
  return `was not ready after ${Math.round(timeoutMs / 1000)} s`;
}

/** Appends; an old log that has grown large is kept as `.1`. */
function openLog(path: string): number {
  try {
    if (statSync(path).size > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`);
  } catch {
    // There is none yet.
  }
  return openSync(path, 'a', 0o600);
}

function lastLines(path: string, from: number): string {
  const lines = readFileSync(path).subarray(from).toString('utf8').trim().split('\n');
  // Temporal is written in Go: when it gives up, it says why and then lists the calls that led there.
  const panic = lines.findLastIndex((line) => line.startsWith('panic: '));
  return panic === -1 ? lines.slice(-3).join(' | ').slice(-600) : (lines[panic] ?? '').slice(0, 600);
}
