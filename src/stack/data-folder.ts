import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Children } from './children.js';
import { takeLock, type Lock } from './lock-file.js';
import { keepPort } from './kept-ports.js';
import { lockPath, readStack, removeStack, type StackAddresses } from './stack-file.js';

/** Everything that one stack keeps, and the right to use it: only one process has a data folder open. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  readonly children: Children;
  /** Names of programs that a crashed earlier start had left running, and that were ended. */
  readonly endedLeftOvers: readonly string[];
  /** Where the output of `name` goes. */
  logPath(name: string): string;
  /** The port that `name` had last time, else `preferred`, else a free one: whichever of them is free. */
  port(name: string, preferred?: number): Promise<number>;
  /** Ends all children and gives the folder free. */
  close(): Promise<void>;
}

/** Another stack has the folder. Thrown before anything is changed. */
export class DataFolderInUse extends Error {
  constructor(
    readonly path: string,
    readonly pid: number,
    readonly running: StackAddresses | null,
  ) {
    super(
      `A stack is already running on the data folder ${path} (process ${pid}${describe(running)}). Nothing was changed. ` +
        `Use that one, end it with Ctrl-C in its terminal, or choose another folder with --data.`,
    );
    this.name = new.target.name;
  }
}

/** The folder is somebody's ordinary folder. Thrown before anything is changed. */
export class NotADataFolder extends Error {
  constructor(readonly path: string) {
    super(
      `${path} holds other files and can be read by others, so it is no data folder of this program. Nothing was changed. ` +
        `Choose a new or an empty folder with --data.`,
    );
    this.name = new.target.name;
  }
}

/**
 * Opens or makes a data folder that only its owner can read, and ends what a crash left running in it.
 * @throws DataFolderInUse, NotADataFolder
 */
export async function openDataFolder(dir: string): Promise<DataFolder> {
  const path = resolve(dir);
  makePrivate(path);
  const lock = await takeLock(lockPath(path));
  if ('heldBy' in lock) throw new DataFolderInUse(path, lock.heldBy.pid, await readStack(path));
  try {
    return await openLocked(path, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(path: string, lock: Lock): Promise<DataFolder> {
  const children = new Children(join(path, 'children.json'));
  removeStack(path);
  const endedLeftOvers = await children.endLeftOvers();
  mkdirSync(join(path, 'logs'), { recursive: true, mode: 0o700 });
  return {
    path,
    children,
    endedLeftOvers,
    logPath: (name) => join(path, 'logs', `${name}.log`),
    port: (name, preferred) => keepPort(join(path, 'ports.json'), name, preferred),
    close: async () => {
      await children.close();
      removeStack(path);
      lock.release();
    },
  };
}

function makePrivate(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const canOthersRead = (statSync(path).mode & 0o077) !== 0;
  if (!canOthersRead) return;
  if (readdirSync(path).length > 0 && !existsSync(join(path, 'children.json'))) throw new NotADataFolder(path);
  chmodSync(path, 0o700);
}

function describe(stack: StackAddresses | null): string {
  if (stack === null) return ', still starting';
  const parts = [
    ['Temporal UI', stack.temporal.ui],
    ['Temporal', stack.temporal.address],
    ['Postgres', new URL(stack.databaseUrl).host],
    ['SFTP drop', stack.drop && `${stack.drop.host}:${stack.drop.port}`],
    ['sandbox', stack.sandbox?.url],
  ];
  const known = parts.filter(([, address]) => Boolean(address)).map(([name, address]) => `${name} ${address}`);
  return `, since ${stack.startedAt}: ${known.join(', ')}`;
}
