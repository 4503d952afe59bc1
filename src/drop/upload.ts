import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Place } from './account-folder.js';
import { Coverage } from './coverage.js';
import { asSftpFailure, SftpFailure } from './sftp-failure.js';

/** More pieces out of order than any client keeps under way. */
const MOST_GAPS = 1024;

/** A file on its way in. It is written aside, and takes its name only when the client closes it and every byte is there. */
export class Upload {
  private readonly coverage = new Coverage();
  private failure: SftpFailure | null = null;
  private end = 0;

  private constructor(
    readonly target: Place,
    private readonly aside: string,
    private readonly file: FileHandle,
    private readonly maxBytes: number,
  ) {}

  /** `asideFolder` is on the same disk as the target, and nobody lists it. */
  static async begin(target: Place, asideFolder: string, maxBytes: number): Promise<Upload> {
    const aside = join(asideFolder, randomUUID());
    return new Upload(target, aside, await open(aside, 'wx', 0o600), maxBytes);
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.end;
  }

  /** @throws SftpFailure; after a failure the upload can only fail. */
  async write(offset: number, data: Buffer): Promise<void> {
    if (this.failure) throw this.failure;
    try {
      this.refuseBeyondLimit(offset + data.length);
      await writeWhole(this.file, data, offset);
      this.coverage.add(offset, offset + data.length);
      this.end = Math.max(this.end, offset + data.length);
      if (this.coverage.gaps > MOST_GAPS) throw new SftpFailure('failure', 'Too many pieces came out of order.');
    } catch (error) {
      this.failure = asSftpFailure(error);
      throw error;
    }
  }

  /** Makes the file visible, in place of an earlier one of its name. @throws SftpFailure when it is not whole; nothing is left then. */
  async finish(): Promise<number> {
    try {
      if (this.failure) throw this.failure;
      if (!this.coverage.isWhole) {
        throw new SftpFailure(
          'failure',
          'Parts of the file never arrived. Nothing was stored. Please deliver it again.',
        );
      }
      await this.file.sync();
      await this.file.close();
      await rename(this.aside, this.target.onDisk);
    } catch (error) {
      await this.abandon();
      throw error;
    }
    await syncFolder(dirname(this.target.onDisk));
    return this.end;
  }

  /** The connection was lost, or the client gave up: nothing is left. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined);
    await rm(this.aside, { force: true });
  }

  private refuseBeyondLimit(end: number): void {
    if (end <= this.maxBytes) return;
    throw new SftpFailure(
      'failure',
      `The file is larger than the ${this.maxBytes} bytes that this account may deliver. Nothing was stored. ` +
        `Please deliver a smaller file, or ask Speakap to raise the limit.`,
    );
  }
}

async function writeWhole(file: FileHandle, data: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < data.length;) {
    const { bytesWritten } = await file.write(data, done, data.length - done, offset + done);
    done += bytesWritten;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
