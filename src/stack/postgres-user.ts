import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';

/** Runs Postgres's programs: PostgreSQL refuses to run as root, so root lends it another user. */
export interface PostgresUser {
  /** The program and arguments that start `command` as this user. */
  readonly wrap: (
    command: string,
    args: readonly string[],
  ) => { readonly command: string; readonly args: readonly string[] };
  /** Gives a file or folder to this user. */
  readonly own: (path: string) => void;
}

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user who started us, or, for root, the owner of the existing database folder, else `postgres` or `nobody`.
 * That user may be unable to reach its own folder, since the data folder and perhaps the clone are root's alone. So
 * it keeps the one capability of passing such folders, and the flag that makes the system's access checks respect it.
 * @throws NoSetpriv when root has no way to do this.
 */
export function postgresUser(databaseFolder: string): PostgresUser {
  if (process.getuid?.() !== 0) return { wrap: (command, args) => ({ command, args }), own: () => undefined };
  const ids = existingOwner(databaseFolder) ?? passwdEntry('postgres') ?? passwdEntry('nobody');
  if (ids === null || !hasSetpriv()) throw new NoSetpriv();
  return {
    wrap: (command, args) => ({ command: 'setpriv', args: [...setprivArguments(ids), command, ...args] }),
    own: (path) => chownSync(path, ids.uid, ids.gid),
  };
}

/** Root on a system without `setpriv` (util-linux), or without an ordinary user. Thrown before anything is changed. */
export class NoSetpriv extends Error {
  constructor() {
    super(
      `PostgreSQL does not run as root, and this system has no setpriv (package util-linux) or no user "postgres" or ` +
        `"nobody" to run it as. Nothing was changed. Start this as an ordinary user, or set DATABASE_URL.`,
    );
    this.name = new.target.name;
  }
}

function setprivArguments(ids: Ids): readonly string[] {
  return [
    '--securebits=+no_setuid_fixup',
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
}

function existingOwner(folder: string): Ids | null {
  if (!existsSync(folder)) return null;
  const { uid, gid } = statSync(folder);
  return uid === 0 ? null : { uid, gid };
}

/** initdb wants a user that the system knows by name. */
function passwdEntry(name: string): Ids | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

function hasSetpriv(): boolean {
  try {
    execFileSync('setpriv', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
