import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { KeyRing, MasterKey } from '../secrets/master-key.js';
import { compareContent, Marks } from '../secrets/same-content.js';
import { readSealedFile, writeSealedFile } from '../secrets/sealed-file.js';
import type { Delivery } from '../sources/source.js';
import type { CustomerId } from '../sync/ids.js';

/** The last accepted delivery, as far as it is needed to tell that a new one is the same. */
export interface LastDelivery {
  readonly file: string;
  readonly sha256: string;
  readonly marks: Uint8Array;
}

const SUFFIX = '.sealed';

/** Sealed deliveries in one folder; workers on several machines share it. */
export class DeliveryFiles {
  constructor(
    private readonly folder: string,
    private readonly key: MasterKey,
    private readonly oldKeys: readonly MasterKey[],
    private readonly maxBytes: number,
  ) {}

  /**
   * Keeps the content, unless it is that of `last`: then nothing is written and it is kept in the file of that one. Where that
   * file is gone, or sealed with a key that is not there any more, the content is kept as if there were none.
   * @throws DiskFull, FileTooLarge, and whatever the delivery fails with; then nothing is left behind.
   */
  async keep(customer: CustomerId, runId: number, delivery: Delivery, last: LastDelivery | null = null) {
    const marks = new Marks();
    if (last === null || !(await this.opens(last.file))) return this.write(customer, String(runId), delivery, marks);
    const { file, sha256 } = last;
    const compared = await compareContent(delivery.content, { ...last, read: () => this.read(file) });
    if (compared.isSame) return { file, sha256, bytes: compared.bytes, marks: last.marks };
    return this.write(customer, String(runId), { ...delivery, content: compared.content }, marks);
  }

  /**
   * Keeps a file of the customer under a name of its own: letters, digits and hyphens. `size`: announced bytes, null when
   * nobody knows. @throws DiskFull, FileTooLarge, and whatever the content fails with; then nothing is left behind.
   */
  async keepFile(customer: CustomerId, name: string, content: Pick<Delivery, 'content' | 'size'>) {
    const { marks: _, ...kept } = await this.write(customer, name, content, new Marks());
    return kept;
  }

  private async opens(file: string): Promise<boolean> {
    try {
      for await (const _ of this.read(file)) break;
      return true;
    } catch {
      return false;
    }
  }

  private async write(
    customer: CustomerId,
    name: string,
    { content, size }: Pick<Delivery, 'content' | 'size'>,
    marks: Marks,
  ) {
    const file = this.fileOf(customer, name);
    await mkdir(join(this.folder, customer), { recursive: true, mode: 0o700 });
    const { bytes, sha256 } = await writeSealedFile({
      key: this.key,
      path: join(this.folder, file),
      context: contextOf(file),
      content,
      limit: this.maxBytes,
      expected: size,
      marks,
    });
    return { file, bytes, sha256, marks: new Uint8Array(marks.bytesOfMarks) };
  }

  fileOf(customer: CustomerId, name: string): string {
    return `${customer}/${name}${SUFFIX}`;
  }

  /** Repeated, it changes nothing. */
  async remove(file: string): Promise<void> {
    await rm(join(this.folder, file), { force: true });
  }

  /** What the customer's files are called. */
  async names(customer: CustomerId): Promise<readonly string[]> {
    const entries = await readdir(join(this.folder, customer)).catch(() => []);
    return entries.filter((entry) => entry.endsWith(SUFFIX)).map((entry) => entry.slice(0, -SUFFIX.length));
  }

  /** The last file that was written for the customer; null when there is none. */
  async newest(customer: CustomerId): Promise<{ name: string; file: string; modifiedAt: Date } | null> {
    const names = await this.names(customer);
    const files = await Promise.all(
      names.map(async (name) => {
        const file = this.fileOf(customer, name);
        return { name, file, modifiedAt: (await stat(join(this.folder, file))).mtime };
      }),
    );
    return files.sort((one, other) => one.modifiedAt.getTime() - other.modifiedAt.getTime()).at(-1) ?? null;
  }

  read(file: string): Readable {
    const keys: KeyRing = [this.key, ...this.oldKeys];
    return readSealedFile({ key: keys, path: join(this.folder, file), context: contextOf(file) });
  }
}

function contextOf(file: string): string {
  return `delivery/${file}`;
}
