import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { KeyRing, MasterKey } from '../secrets/master-key.js';
import { readSealedFile, writeSealedFile } from '../secrets/sealed-file.js';
import type { Delivery } from '../sources/source.js';
import type { CustomerId } from '../sync/ids.js';

/** Sealed deliveries in one folder; workers on several machines share it. */
export class DeliveryFiles {
  constructor(
    private readonly folder: string,
    private readonly key: MasterKey,
    private readonly oldKeys: readonly MasterKey[],
    private readonly maxBytes: number,
  ) {}

  /** @throws DiskFull, FileTooLarge, and whatever the delivery fails with; then nothing is left behind. */
  async keep(customer: CustomerId, runId: number, delivery: Delivery) {
    return this.keepFile(customer, String(runId), delivery);
  }

  /**
   * Keeps a file of the customer under a name of its own: letters, digits and hyphens. `size`: announced bytes, null when
   * nobody knows. @throws DiskFull, FileTooLarge, and whatever the content fails with; then nothing is left behind.
   */
  async keepFile(customer: CustomerId, name: string, { content, size }: Pick<Delivery, 'content' | 'size'>) {
    const file = this.fileOf(customer, name);
    await mkdir(join(this.folder, customer), { recursive: true, mode: 0o700 });
    const { bytes, sha256 } = await writeSealedFile({
      key: this.key,
      path: join(this.folder, file),
      context: contextOf(file),
      content,
      limit: this.maxBytes,
      expected: size,
    });
    return { file, bytes, sha256 };
  }

  fileOf(customer: CustomerId, name: string): string {
    return `${customer}/${name}.sealed`;
  }

  /** Repeated, it changes nothing. */
  async remove(file: string): Promise<void> {
    await rm(join(this.folder, file), { force: true });
  }

  read(file: string): Readable {
    const keys: KeyRing = [this.key, ...this.oldKeys];
    return readSealedFile({ key: keys, path: join(this.folder, file), context: contextOf(file) });
  }
}

function contextOf(file: string): string {
  return `delivery/${file}`;
}
