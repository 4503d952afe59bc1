/** What can go wrong with a secret or a sealed file. Messages name contexts, folders and key ids, never a key or a secret. */
export abstract class SecretError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The master key cannot be used as it is given. Thrown at start, before anything is read. */
export class UnusableMasterKey extends SecretError {}

/** Sealed with a key that is not at hand. Thrown when opening; nothing was changed. */
export class WrongKey extends SecretError {
  constructor(
    readonly context: string,
    readonly sealedWith: string,
    readonly present: readonly string[],
  ) {
    super(
      `"${context}" is sealed with master key ${sealedWith}, and this process has ${present.join(', ')}. ` +
        `Nothing was changed. Start again with the master key that was in use when it was stored.`,
    );
  }
}

/** The check of the cipher failed: changed, cut off, or moved here from another context. Nothing of it may be used. */
export class Tampered extends SecretError {
  constructor(
    readonly context: string,
    readonly detail: string,
  ) {
    super(
      `"${context}" cannot be trusted: ${detail}. Nothing of it was used or changed. ` +
        `Restore it from a backup, or store it again from where it came.`,
    );
  }
}

/** No room for a delivered file. Nothing was kept of it. */
export class DiskFull extends SecretError {
  constructor(
    readonly folder: string,
    readonly bytesNeeded: number,
    readonly bytesFree: number | null,
  ) {
    super(
      `The disk under ${folder} is full: ${bytesNeeded} bytes are needed` +
        `${bytesFree === null ? '' : ` and ${bytesFree} are free`}. ` +
        `Nothing of the file was kept. Make room, then start the run again.`,
    );
  }
}

/** A delivered file is larger than it may be. Nothing was kept of it. */
export class FileTooLarge extends SecretError {
  constructor(
    readonly context: string,
    readonly limit: number,
  ) {
    super(
      `"${context}" is larger than the ${limit} bytes that are allowed. Nothing of it was kept. ` +
        `Ask for a smaller file, or raise the limit.`,
    );
  }
}
