/** What was asked for did not work; the message is for the person who asked. */
export class CommandFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The command line does not make sense. Thrown before anything is tried. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** Neither the environment nor a running stack says where the parts are. */
export class NoStack extends CommandFailed {
  constructor(what: 'Postgres' | 'Temporal', dataFolder: string) {
    const variable = what === 'Postgres' ? 'DATABASE_URL' : 'TEMPORAL_ADDRESS';
    super(
      `Nobody knows where ${what} is: ${variable} is not set, and no stack is running on the data folder ${dataFolder}. ` +
        `Nothing was changed. Start one with "npm start", name its folder with --data DIR, or set ${variable}.`,
    );
  }
}

/** Postgres does not answer, or does not let us in. */
export class DatabaseUnreachable extends CommandFailed {
  constructor(url: string, reason: string) {
    super(
      `Postgres does not answer at ${placeOf(url)} (${reason}). Nothing was changed. ` +
        'Start the stack with "npm start", or check DATABASE_URL.',
    );
  }
}

/** The database has none of our tables, or older ones. */
export class DatabaseNotPrepared extends CommandFailed {
  constructor(url: string) {
    super(
      `The database at ${placeOf(url)} is not prepared for this version. Nothing was changed. ` +
        'Starting the stack or the worker of this version prepares it.',
    );
  }
}

/** Host, port and database; never the password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'the address in DATABASE_URL';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
