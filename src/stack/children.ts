import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readChildren, writeChildren } from './child-records.js';
import {
  ChildFailed,
  startInBackground,
  type BackgroundCommand,
  type BackgroundProcess,
} from './background-process.js';
import { endProcess, type ChildRecord } from './end-process.js';
import { identify, isRunning } from './process-identity.js';

export interface ChildCommand extends BackgroundCommand {
  /** How it is asked to end, from polite to firm; each is given `graceMs`. */
  readonly signals: readonly NodeJS.Signals[];
  readonly graceMs: number;
}

export interface RunningChild extends BackgroundProcess {
  /** Ends it, politely first; answers when it is gone. */
  stop(): Promise<void>;
}

/** The child processes of one stack. They end with it, also when it is killed. */
export class Children {
  #records: ChildRecord[] = [];
  #watchdog: ChildProcess | null = null;
  #closed = false;

  /** `recordsPath`: where the children are written down for the next start, should the watchdog be gone as well. */
  constructor(private readonly recordsPath: string) {}

  /** Ends what a crashed earlier start left behind. Answers the names of what was ended. */
  async endLeftOvers(): Promise<readonly string[]> {
    const leftOvers = readChildren(this.recordsPath).filter(isRunning);
    await Promise.all(leftOvers.map(endProcess));
    writeChildren(this.recordsPath, []);
    return leftOvers.map((child) => child.name);
  }

  /** @throws ChildFailed when the program cannot be started at all, or when the stack is closing. */
  async start(command: ChildCommand): Promise<RunningChild> {
    if (this.#closed) throw new ChildFailed(command.name, 'was not started: the stack is closing', '', command.logPath);
    this.#watchdog ??= startWatchdog();
    const child = await startInBackground(command);
    const identity = identify(child.pid);
    const record = identity && { ...identity, name: command.name, signals: command.signals, graceMs: command.graceMs };
    if (record !== null) this.#write([...this.#records, record]);
    void child.ended.then(() => this.#forget(record));
    return { ...child, stop: () => this.#stop(record) };
  }

  async #stop(record: ChildRecord | null): Promise<void> {
    if (record === null) return;
    await endProcess(record);
    this.#forget(record);
  }

  /** Ends all that are left, and the watchdog. Nothing can be started any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#records.map(endProcess));
    this.#write([]);
    this.#watchdog?.stdin?.end();
    this.#watchdog = null;
  }

  #forget(record: ChildRecord | null): void {
    if (!this.#closed) this.#write(this.#records.filter((other) => other !== record));
  }

  #write(records: ChildRecord[]): void {
    this.#records = records;
    writeChildren(this.recordsPath, records);
    this.#watchdog?.stdin?.write(`${JSON.stringify(records)}\n`);
  }
}

/** From source it needs tsx, compiled it does not. */
function startWatchdog(): ChildProcess {
  const script = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './watchdog.ts' : './watchdog.js', import.meta.url),
  );
  const loader = script.endsWith('.ts') ? ['--import', tsxLoader()] : [];
  const watchdog = spawn(process.execPath, [...loader, script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin?.on('error', () => undefined);
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return watchdog;
}

function tsxLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
