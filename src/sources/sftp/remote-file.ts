import type { SFTPWrapper, Stats } from 'ssh2';
import { withTimeLimit } from './time-limit.js';

/** A file that is open on the server: the few calls that reading needs, each with a time limit. */
export class RemoteFile {
  private constructor(
    private readonly sftp: SFTPWrapper,
    private readonly handle: Buffer,
    private readonly timeoutMs: number,
  ) {}

  static async open(sftp: SFTPWrapper, path: string, timeoutMs: number): Promise<RemoteFile> {
    const handle = await inTime<Buffer>(timeoutMs, (done) => sftp.open(path, 'r', done));
    return new RemoteFile(sftp, handle, timeoutMs);
  }

  stat(): Promise<Stats> {
    return inTime<Stats>(this.timeoutMs, (done) => this.sftp.fstat(this.handle, done));
  }

  /** As many bytes as asked for, fewer only at the end of the file. */
  async read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const bytes = await this.readSome(buffer, filled, position + filled);
      if (bytes === 0) break;
      filled += bytes;
    }
    return buffer.subarray(0, filled);
  }

  /** Not waited for: on a lost connection there is nothing to wait for. */
  close(): void {
    this.sftp.close(this.handle, () => undefined);
  }

  private readSome(buffer: Buffer, offset: number, position: number): Promise<number> {
    return inTime<number>(this.timeoutMs, (done) => {
      this.sftp.read(this.handle, buffer, offset, buffer.length - offset, position, (error, bytes) =>
        done(error, bytes),
      );
    });
  }
}

type Done<Result> = (error: Error | undefined, result: Result) => void;

function inTime<Result>(timeoutMs: number, call: (done: Done<Result>) => unknown): Promise<Result> {
  const answer = new Promise<Result>((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result)));
  });
  return withTimeLimit(timeoutMs, answer);
}
