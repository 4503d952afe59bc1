import { posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SourceError, SourceForbidden, SourceMissing, SourceStillGrowing, SourceUnreachable } from '../errors.js';
import type { Delivery, Source, SourceReadOptions } from '../source.js';
import { moveToArchive } from './archive.js';
import { CHECKSUM_SUFFIX, checksumOf, readChecksum } from './checksum.js';
import { addressOf, detailOf, openConnection, type SftpConnection } from './connection.js';
import { readContent } from './content.js';
import { isFingerprint } from './host-key.js';
import { isSame, listFiles, newestOf, refuseWithoutMarker, type RemoteEntry } from './listing.js';
import { RemoteFile } from './remote-file.js';
import { DEFAULT_STABLE_MS, DEFAULT_TIMEOUT_MS, type SftpSettings } from './settings.js';
import { withTimeLimit } from './time-limit.js';

const PROGRESS_EVERY_MS = 2_000;

/**
 * A customer's SFTP server, or our own drop: nothing here knows which. Connects at the first use and again after a lost
 * connection. @throws RangeError for settings without a host key.
 */
export function createSftpSource(settings: SftpSettings): Source {
  refuseWithoutHostKey(settings);
  return new SftpSource(settings);
}

/** The newest delivery, and what the customer gives to prove it by. */
interface Found {
  readonly file: RemoteEntry;
  readonly checksum: RemoteEntry | null;
}

class SftpSource implements Source {
  private connection: SftpConnection | null = null;
  private readonly timeoutMs: number;

  constructor(private readonly settings: SftpSettings) {
    this.timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  async newest(options: SourceReadOptions = {}): Promise<Delivery> {
    try {
      const connection = await this.connect(options);
      const folder = await this.folder(connection);
      const found = await this.newestComplete(connection, folder, options);
      return await this.deliver(connection, folder, found, options);
    } catch (error) {
      throw this.explain(error, options);
    }
  }

  async close(): Promise<void> {
    const { connection } = this;
    this.connection = null;
    await connection?.end();
  }

  private async connect({ signal, onProgress }: SourceReadOptions): Promise<SftpConnection> {
    signal?.throwIfAborted();
    if (this.connection && !this.connection.isLost()) return this.connection;
    onProgress?.(`connecting to ${addressOf(this.settings)}`);
    await this.close();
    this.connection = await openConnection(this.settings);
    return this.connection;
  }

  /** Absolute, since ssh2-sftp-client reads names that begin with a dot in its own way. */
  private async folder({ client }: SftpConnection): Promise<string> {
    const folder = await withTimeLimit(this.timeoutMs, client.realPath(this.settings.folder));
    if (folder === '') throw new SourceMissing(this.settings.folder, this.settings.pattern, null);
    return folder;
  }

  private async newestComplete(connection: SftpConnection, folder: string, options: SourceReadOptions): Promise<Found> {
    const { completeness } = this.settings;
    const entries = await this.list(connection, folder);
    const newest = newestOf(entries, this.settings);
    if (completeness.kind === 'marker') refuseWithoutMarker(entries, newest, completeness.suffix);
    if (completeness.kind !== 'stable') return { file: newest, checksum: checksumOf(entries, newest) };
    await waitFor(completeness.forMs ?? DEFAULT_STABLE_MS, options);
    const later = await this.list(connection, folder);
    if (!isSame(newest, newestOf(later, this.settings)))
      throw new SourceStillGrowing('its size or its time changed while we looked, or a newer one came');
    return { file: newest, checksum: checksumOf(later, newest) };
  }

  private list({ client }: SftpConnection, folder: string): Promise<readonly RemoteEntry[]> {
    return withTimeLimit(this.timeoutMs, listFiles(client, folder));
  }

  private async deliver(
    { sftp }: SftpConnection,
    folder: string,
    { file, checksum }: Found,
    options: SourceReadOptions,
  ): Promise<Delivery> {
    const sha256 = checksum === null ? null : await readChecksum(sftp, folder, checksum, this.timeoutMs);
    const remote = await RemoteFile.open(sftp, posix.join(folder, file.name), this.timeoutMs);
    const { size, mtime } = await remote.stat();
    if (!isSame(file, { name: file.name, size, modifiedMs: mtime * 1000 })) {
      remote.close();
      throw new SourceStillGrowing('it was replaced after it was listed');
    }
    return {
      name: file.name,
      size,
      modifiedAt: new Date(file.modifiedMs),
      content: readContent(remote, { size, sha256, signal: options.signal, onProgress: progress(size, options) }),
      archive: () => this.archive(folder, { file, checksum }),
    };
  }

  private async archive(folder: string, { file, checksum }: Found): Promise<boolean> {
    const { archiveFolder, completeness } = this.settings;
    if (archiveFolder === null) return false;
    const companions = [
      ...(completeness.kind === 'marker' ? [completeness.suffix] : []),
      ...(checksum === null ? [] : [CHECKSUM_SUFFIX]),
    ];
    const target = { folder, archiveFolder: posix.resolve(folder, archiveFolder), companions };
    const connection = await this.connect({});
    const isMoved = await withTimeLimit(
      this.timeoutMs,
      moveToArchive(connection.client, file, target, new Date()),
    ).catch((error: unknown) => {
      throw this.explain(error, {});
    });
    if (!isMoved && connection.isLost())
      throw this.explain(new Error('the connection was lost while a file was moved'), {});
    return isMoved;
  }

  /** SFTP's own codes: 2 no such file, 3 permission denied. */
  private explain(error: unknown, { signal }: SourceReadOptions): unknown {
    if (error instanceof SourceError || signal?.aborted) return error;
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const { folder, pattern } = this.settings;
    if (code === 2 || code === 'ENOENT') return new SourceMissing(folder, pattern, null);
    const address = addressOf(this.settings);
    if (code === 3 || code === 'EACCES')
      return new SourceForbidden(address, `"${folder}" or a file in it`, { cause: error });
    return new SourceUnreachable(address, detailOf(error), { cause: error });
  }
}

async function waitFor(ms: number, { signal, onProgress }: SourceReadOptions): Promise<void> {
  for (let waited = 0; waited < ms;) {
    onProgress?.(`waiting to see whether the file still grows: ${Math.round((ms - waited) / 1000)} s left`);
    const step = Math.min(PROGRESS_EVERY_MS, ms - waited);
    await sleep(step, undefined, { signal });
    waited += step;
  }
}

function progress(size: number, { onProgress }: SourceReadOptions): (bytes: number) => void {
  let lastAt = Date.now();
  return (bytes) => {
    if (!onProgress || Date.now() - lastAt < PROGRESS_EVERY_MS) return;
    lastAt = Date.now();
    onProgress(`read ${bytes} of ${size} bytes`);
  };
}

function refuseWithoutHostKey({ hostKeyFingerprints }: SftpSettings): void {
  if (hostKeyFingerprints.length > 0 && hostKeyFingerprints.every(isFingerprint)) return;
  throw new RangeError(
    'An SFTP source needs the fingerprint of its host key: SHA256: and 43 characters, as OpenSSH prints it.',
  );
}
