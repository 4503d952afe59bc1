import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { CustomerId } from '../sync/ids.js';
import { AccountFolder } from './account-folder.js';
import { isExpected } from './sftp-failure.js';

/** The file that was asked for is not there, or cannot be taken. */
export class NoDropFile extends Error {
  override readonly name = 'NoDropFile';
  constructor(customer: CustomerId, reason: string) {
    super(`The file of ${customer} in the drop cannot be read: ${reason}. Nothing was changed.`);
  }
}

export interface DropFile {
  readonly bytes: number;
  /** To be read to its end, or destroyed. */
  readonly content: Readable;
}

export interface DropFilePlace {
  /** The drop's folder of folders, `drop/` of its data folder. */
  readonly root: string;
  readonly customer: CustomerId;
  /** Within the customer's folder, as `drop_upload` has it. */
  readonly fileName: string;
  readonly maxBytes: number;
}

/**
 * A file that a customer uploaded. Whatever the name says, nothing outside the customer's folder is opened, and no link is
 * followed. @throws NoDropFile
 */
export async function readDropFile({ root, customer, fileName, maxBytes }: DropFilePlace): Promise<DropFile> {
  const file = await openFile(new AccountFolder(join(root, customer)), fileName).catch((error: unknown) => {
    if (isExpected(error) || isMissingFolder(error))
      throw new NoDropFile(customer, 'it is not there any more. Ask for it once more');
    throw error;
  });
  const stats = await file.stat();
  if (stats.isFile() && stats.size <= maxBytes) {
    // An upload never changes a file that is there: it puts another one in its place.
    return { bytes: stats.size, content: file.createReadStream({ start: 0, end: Math.max(0, stats.size - 1) }) };
  }
  await file.close();
  throw new NoDropFile(
    customer,
    stats.isFile() ? `it has ${stats.size} bytes, and ${maxBytes} are allowed` : 'it is a folder',
  );
}

/** Where the drop's folder can only be read, that of a customer who never uploaded is not made. */
function isMissingFolder(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EROFS';
}

async function openFile(folder: AccountFolder, fileName: string): Promise<FileHandle> {
  const { onDisk } = await folder.find(fileName);
  // A name that became a pipe in between must not keep us waiting.
  return open(onDisk, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}
