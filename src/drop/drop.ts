import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import ssh2, { type ClientInfo, type Connection } from 'ssh2';
import { AccountFolder } from './account-folder.js';
import type { DropAccount, DropAccounts } from './accounts.js';
import { serveConnection } from './connection.js';
import { Guests } from './guests.js';
import { loadHostKey } from './host-key.js';
import { DEFAULT_LIMITS, type DropLimits } from './limits.js';
import { createLockOut, type LockOut } from './lock-out.js';
import type { DropLog } from './log.js';
import { OpenHandles } from './open-handles.js';
import type { Session, UploadedFile } from './session.js';
import { sweep } from './sweep.js';

const SWEEP_EVERY_MS = 3_600_000;

export interface DropSettings {
  /** Made at the first start, with mode 0600. */
  readonly hostKeyPath: string;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Holds a folder for each customer, by its slug, and `.partial` for uploads that are not whole yet. */
  readonly root: string;
  readonly accounts: DropAccounts;
  /** Called after a whole file became visible. What it throws is logged and does not reach the customer. */
  readonly onUpload: (file: UploadedFile) => void | Promise<void>;
  readonly limits?: Partial<DropLimits>;
  readonly lockOut?: LockOut;
  readonly log: DropLog;
}

export interface Drop {
  readonly host: string;
  readonly port: number;
  /** What customers compare at their first login: `SHA256:...`. */
  readonly hostKeyFingerprint: string;
  /** Ends all connections; uploads that are under way leave nothing. */
  close(): Promise<void>;
}

/** Starts the SFTP server that customers upload to. @throws UnusableHostKey, and `EADDRINUSE` when the port is taken. */
export async function startDrop(settings: DropSettings): Promise<Drop> {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const hostKey = await loadHostKey(settings.hostKeyPath);
  const asideFolder = join(settings.root, '.partial');
  await mkdir(asideFolder, { recursive: true, mode: 0o700 });
  await sweep(settings.root, asideFolder, limits.keepArchivedMs);

  const guests = new Guests(limits, settings.log);
  const lockOut = settings.lockOut ?? createLockOut();
  const ssh = new ssh2.Server({ hostKeys: [hostKey.privateKey], ident: 'UserSyncDrop' }, (client, info) => {
    serve(client, info);
  });
  // Without delay: SFTP is many small questions and answers, and the sender of each would wait for the last to be acknowledged.
  const listener = createServer({ noDelay: true }, (socket) => {
    if (guests.admit(socket)) ssh.injectSocket(socket);
  });

  function serve(client: Connection, info: ClientInfo): void {
    const guest = guests.find(info);
    if (guest === null) return void client.end();
    const { accounts, log } = settings;
    const parts = { accounts, lockOut, limits, log, address: info.ip, openSession, onLogin: guest.loggedIn };
    guests.track(serveConnection(client, guest.socket, parts));
  }

  function openSession(account: DropAccount): Session {
    const folder = new AccountFolder(join(settings.root, account.customer));
    const announce = (file: UploadedFile): void => void announceTo(settings, file);
    return { account, folder, asideFolder, announce, log: settings.log, handles: new OpenHandles(limits.openHandles) };
  }

  const { port } = await listen(listener, settings);
  const sweeping = setInterval(() => void sweepAgain(settings, asideFolder, limits), SWEEP_EVERY_MS);
  sweeping.unref();
  return {
    host: settings.host,
    port,
    hostKeyFingerprint: hostKey.fingerprint,
    async close() {
      clearInterval(sweeping);
      const closed = new Promise((resolve) => listener.close(resolve));
      await guests.sendAway();
      await closed;
    },
  };
}

async function announceTo({ onUpload, log }: DropSettings, file: UploadedFile): Promise<void> {
  log.info({ ...file }, 'uploaded');
  try {
    await onUpload(file);
  } catch (error) {
    log.warn({ ...file, error: error instanceof Error ? error.name : 'unknown' }, 'an upload could not be announced');
  }
}

async function sweepAgain({ root, log }: DropSettings, asideFolder: string, limits: DropLimits): Promise<void> {
  await sweep(root, asideFolder, limits.keepArchivedMs).catch(() => log.warn({}, 'old files could not be removed'));
}

function listen(listener: Server, { host, port }: DropSettings): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, host, () => {
      const address = listener.address();
      if (address === null || typeof address === 'string') reject(new Error('The drop has no address.'));
      else resolve(address);
    });
  });
}
