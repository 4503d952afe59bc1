/**
 * What can go wrong between us and a source, before a single record is looked at. Thrown by `Source.newest`, by the stream of
 * its content, and by `archive`. Nothing in a network is changed by a run that meets one.
 */
export abstract class SourceError extends Error {
  /** Whether trying again in some minutes may help without anybody doing anything. */
  abstract readonly retryable: boolean;
  /** How long to wait before, in milliseconds, where the source says so. */
  readonly retryAfterMs: number | undefined = undefined;
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Nothing is there that could be read. Not retryable: somebody has to deliver. */
export class SourceMissing extends SourceError {
  readonly retryable = false;
  constructor(
    readonly folder: string,
    readonly pattern: string,
    /** What is there instead; null: the folder itself is not there. */
    readonly others: { readonly files: number; readonly newest: Date | null } | null,
  ) {
    super(
      `No file that matches "${pattern}" was found in the folder "${folder}": ${describeOthers(others)}. Nothing was changed. ` +
        `Ask the customer to deliver, or correct the folder or the pattern of the source.`,
    );
  }
}

/** Only files are left that are older than the delivery that was accepted last. Not retryable: somebody has to deliver. */
export class SourceOutdated extends SourceError {
  readonly retryable = false;
  constructor(
    readonly modifiedAt: Date,
    readonly lastModifiedAt: Date,
  ) {
    super(
      `The newest file is from ${modifiedAt.toISOString()}, older than the last accepted delivery, which is from ` +
        `${lastModifiedAt.toISOString()}. It was not taken for a new one, and nothing was changed. Ask the customer to deliver.`,
    );
  }
}

/** The file is there but not complete: it still changes, its marker is missing, or it was replaced while it was read. */
export class SourceStillGrowing extends SourceError {
  readonly retryable = true;
  constructor(detail: string) {
    super(
      `The newest file is not complete: ${detail}. Nothing was changed. It is tried again; when it never ends, ask the customer.`,
    );
  }
}

/** The file is not the one that its checksum was made of: damaged on its way, or one of the two is of another delivery. */
export class SourceDamaged extends SourceError {
  readonly retryable = true;
  constructor(detail: string) {
    super(
      `The newest file cannot be told to be whole by its checksum: ${detail}. It was not taken and nothing was changed. ` +
        `It is tried again; when it stays so, ask the customer to deliver both files again.`,
    );
  }
}

/** No connection, or no answer in time. */
export class SourceUnreachable extends SourceError {
  readonly retryable = true;
  constructor(
    readonly address: string,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(
      `${address} cannot be reached: ${detail}. Nothing was read or changed. It is tried again; ` +
        `when it stays so, check the address, the firewall, and whether our address is on the server's list.`,
      options,
    );
  }
}

/** The connection was lost while the file was read. What was read is not the file. */
export class SourceCutOff extends SourceError {
  readonly retryable = true;
  constructor(
    readonly bytesRead: number,
    readonly bytesAnnounced: number,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(
      `The file was cut off after ${bytesRead} of ${bytesAnnounced} bytes: ${detail}. ` +
        `What was read is thrown away and nothing was changed. It is tried again.`,
      options,
    );
  }
}

/** The server does not accept our login. */
export class LoginRefused extends SourceError {
  readonly retryable = false;
  constructor(
    readonly address: string,
    readonly userName: string,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(
      `${address} refuses the login of "${userName}": ${detail}. Nothing was read or changed. ` +
        `Check the user name and the password or key of the source, then start the run again.`,
      options,
    );
  }
}

/** The login works, and reading the folder or the file is refused. */
export class SourceForbidden extends SourceError {
  readonly retryable = false;
  constructor(address: string, what: string, options?: ErrorOptions) {
    super(
      `${address} does not let us read ${what}. Nothing was changed. ` +
        `Ask whoever runs the server to allow our account to list and read there, then start the run again.`,
      options,
    );
  }
}

/** The server shows another key than the one that was pinned: a new key, or somebody in between. Nothing was sent to it. */
export class HostKeyChanged extends SourceError {
  readonly retryable = false;
  constructor(
    readonly address: string,
    readonly expected: readonly string[],
    readonly presented: string,
  ) {
    super(
      `${address} presents the host key ${presented}, and ${expected.join(' or ')} is expected. ` +
        `Nothing was read, no password was sent and nothing was changed. Ask whoever runs the server, by telephone, whether the ` +
        `key was changed; only then enter the new fingerprint for the source.`,
    );
  }
}

function describeOthers(others: SourceMissing['others']): string {
  if (others === null) return 'the folder does not exist';
  if (others.files === 0) return 'the folder holds no files';
  const newest = others.newest === null ? '' : `, the newest of ${others.newest.toISOString()}`;
  return `${others.files} other ${others.files === 1 ? 'file is' : 'files are'} there${newest}`;
}
