import type { Stats } from 'node:fs';
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import { SftpFailure } from './sftp-failure.js';

/** A path as the client writes it, and where that is on disk. */
export interface Place {
  /** Begins with `/`, which is the account's folder. */
  readonly path: string;
  readonly onDisk: string;
}

/** The folder that an account is locked into, made when it is first used. Every path of a client passes through here. */
export class AccountFolder {
  private opened: Promise<string> | null = null;

  constructor(private readonly folder: string) {}

  /**
   * Where a path is. The folder above it exists, lies within the account's folder and is reached without a symbolic link;
   * the path itself need not exist.
   * @throws SftpFailure
   */
  async locate(clientPath: string): Promise<Place> {
    const path = normalise(clientPath);
    const root = await this.root();
    if (path === '/') return { path, onDisk: root };
    const parent = resolve(root, `.${posix.dirname(path)}`);
    // Links are not followed even within the folder: what a path says is where it is.
    if ((await realpath(parent)) !== parent) throw new SftpFailure('noSuchFile', 'There is no such file or folder.');
    return { path, onDisk: join(parent, posix.basename(path)) };
  }

  /** As `locate`, and it is a file or a folder. */
  async find(clientPath: string): Promise<Place & { readonly stats: Stats }> {
    const place = await this.locate(clientPath);
    const stats = await lstat(place.onDisk);
    if (!stats.isFile() && !stats.isDirectory()) {
      throw new SftpFailure('noSuchFile', 'There is no such file or folder.');
    }
    return { ...place, stats };
  }

  private root(): Promise<string> {
    this.opened ??= mkdir(this.folder, { recursive: true, mode: 0o700 }).then(() => realpath(this.folder));
    return this.opened;
  }
}

/** `..` cannot leave `/`. @throws SftpFailure for what no name may hold. */
export function normalise(clientPath: string): string {
  if (clientPath.includes('\0')) throw new SftpFailure('noSuchFile', 'A name cannot hold a zero byte.');
  const path = posix.join('/', clientPath);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
