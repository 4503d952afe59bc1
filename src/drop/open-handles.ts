import type { FileHandle } from 'node:fs/promises';
import type { FileEntry } from 'ssh2';
import { SftpFailure } from './sftp-failure.js';
import type { Upload } from './upload.js';

/** What a client has open. */
export type OpenThing =
  | { readonly kind: 'upload'; readonly upload: Upload }
  | { readonly kind: 'file'; readonly file: FileHandle }
  | { readonly kind: 'listing'; readonly entries: FileEntry[] };

/** The open files and listings of one session, by the handle that the client was given. */
export class OpenHandles {
  private readonly things = new Map<string, OpenThing>();
  private last = 0;

  constructor(private readonly most: number) {}

  refuseWhenFull(): void {
    if (this.things.size < this.most) return;
    throw new SftpFailure('failure', `More than ${this.most} files or folders are open. Close some first.`);
  }

  add(thing: OpenThing): Buffer {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(++this.last);
    this.things.set(handle.toString('hex'), thing);
    return handle;
  }

  /** @throws SftpFailure when it is not open, or is something else. */
  get<Kind extends OpenThing['kind']>(handle: Buffer, ...kinds: Kind[]): Extract<OpenThing, { kind: Kind }> {
    const thing = this.things.get(handle.toString('hex'));
    if (thing !== undefined && isOneOf(thing, kinds)) return thing;
    throw new SftpFailure('failure', 'This is not open, or not open for this.');
  }

  take(handle: Buffer): OpenThing {
    const thing = this.get(handle, 'upload', 'file', 'listing');
    this.things.delete(handle.toString('hex'));
    return thing;
  }

  /** Nothing that was not closed by the client becomes visible. Answers the uploads that were given up. */
  async abandonAll(): Promise<readonly Upload[]> {
    const things = [...this.things.values()];
    this.things.clear();
    for (const thing of things) {
      if (thing.kind === 'upload') await thing.upload.abandon();
      if (thing.kind === 'file') await thing.file.close();
    }
    return things.flatMap((thing) => (thing.kind === 'upload' ? [thing.upload] : []));
  }
}

function isOneOf<Kind extends OpenThing['kind']>(
  thing: OpenThing,
  kinds: readonly Kind[],
): thing is Extract<OpenThing, { kind: Kind }> {
  return kinds.some((kind) => kind === thing.kind);
}
