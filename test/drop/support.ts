import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type Client, type ConnectConfig, type SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import type { DropAccount } from '../../src/drop/accounts.js';
import { startDrop, type Drop, type DropSettings } from '../../src/drop/drop.js';
import { generateKeyPair } from '../../src/drop/key-pair.js';
import { hashPassword } from '../../src/drop/password.js';
import type { UploadedFile } from '../../src/drop/session.js';
import { toCustomerId } from '../../src/sync/ids.js';

export const PASSWORD = 'correct horse battery';
export const EVERYWHERE = ['0.0.0.0/0', '::/0'];
const passwordHash = await hashPassword(PASSWORD);
export const keys = generateKeyPair('test');
export const otherKeys = generateKeyPair('test');

export function anAccount(changes: Partial<DropAccount> = {}): DropAccount {
  return {
    userName: 'korenaar',
    customer: toCustomerId('korenaar'),
    passwordHash,
    publicKeys: [keys.publicKey],
    allowedFrom: EVERYWHERE,
    maxFileBytes: 50_000_000,
    ...changes,
  };
}

/** A running drop with its folder, and all that was announced and logged. */
export class TestDrop {
  readonly uploads: UploadedFile[] = [];
  readonly logged: string[] = [];
  private readonly clients: SftpClient[] = [];

  private constructor(
    readonly folder: string,
    readonly accounts: Map<string, DropAccount>,
  ) {}

  drop!: Drop;

  static async start(accounts: readonly DropAccount[], settings: Partial<DropSettings> = {}): Promise<TestDrop> {
    const folder = await mkdtemp(join(tmpdir(), 'drop-'));
    const test = new TestDrop(folder, new Map(accounts.map((account) => [account.userName, account])));
    await test.startAgain(settings);
    return test;
  }

  async startAgain(settings: Partial<DropSettings> = {}): Promise<void> {
    const note = (fields: object, text: string): void => void this.logged.push(`${text} ${JSON.stringify(fields)}`);
    this.drop = await startDrop({
      hostKeyPath: join(this.folder, 'host_key'),
      host: '127.0.0.1',
      port: 0,
      root: this.root,
      accounts: { find: (userName) => Promise.resolve(this.accounts.get(userName) ?? null) },
      onUpload: (file) => void this.uploads.push(file),
      log: { info: note, warn: note },
      ...settings,
    });
  }

  get root(): string {
    return join(this.folder, 'drop');
  }

  /** Where a file of the customer is on disk. */
  onDisk(path: string): string {
    return join(this.root, 'korenaar', path);
  }

  async place(path: string, content: string | Buffer): Promise<void> {
    await mkdir(join(this.onDisk(path), '..'), { recursive: true });
    await writeFile(this.onDisk(path), content);
  }

  read(path: string): Promise<Buffer> {
    return readFile(this.onDisk(path));
  }

  /** Uploads that are not whole yet. */
  aside(): Promise<string[]> {
    return readdir(join(this.root, '.partial'));
  }

  login(changes: ConnectConfig = {}): ConnectConfig {
    const { port } = this.drop;
    return { host: '127.0.0.1', port, username: 'korenaar', password: PASSWORD, ...changes };
  }

  async connect(changes: ConnectConfig = {}): Promise<{ client: SftpClient; sftp: SFTPWrapper }> {
    const client = new SftpClient('test', { error: nothing, end: nothing, close: nothing });
    const login = this.login(changes);
    const { host, port } = login;
    const sock = connect({ host: host ?? '', port: port ?? 0, noDelay: true });
    const sftp = await client.connect({ ...login, sock });
    this.clients.push(client);
    return { client, sftp };
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end().catch(nothing)));
    await this.drop.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A connection without SFTP, for what a client must not get. */
export function rawConnection(login: ConnectConfig): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('error', reject).on('ready', () => resolve(client));
    client.connect(login);
  });
}

/** The handle-level calls of SFTP, as promises. */
export function calls(sftp: SFTPWrapper) {
  return {
    open: (path: string, mode: string) =>
      new Promise<Buffer>((resolve, reject) => {
        sftp.open(path, mode as 'w', (error, handle) => (error ? reject(error) : resolve(handle)));
      }),
    write: (handle: Buffer, data: Buffer, at: number) =>
      new Promise<void>((resolve, reject) => {
        sftp.write(handle, data, 0, data.length, at, (error) => (error ? reject(error) : resolve()));
      }),
    close: (handle: Buffer) =>
      new Promise<void>((resolve, reject) => {
        sftp.close(handle, (error) => (error ? reject(error) : resolve()));
      }),
    symlink: (target: string, path: string) =>
      new Promise<void>((resolve, reject) => {
        sftp.symlink(target, path, (error) => (error ? reject(error) : resolve()));
      }),
  };
}

export interface Output {
  readonly code: number;
  readonly text: string;
}

/** Runs a program to its end; a missing program is code 127. */
export function run(program: string, args: readonly string[]): Promise<Output> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 20_000 }, (error, stdout, stderr) => {
      const missing = error?.code === 'ENOENT';
      const code = error === null ? 0 : missing ? 127 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, text: `${stdout}${stderr}` });
    });
  });
}

/** Waits for what happens soon, but not at once. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It did not happen within 5 seconds.');
}

function nothing(): void {
  // Nothing.
}
