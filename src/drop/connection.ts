import type { Socket } from 'node:net';
import type { AcceptSftpConnection, Connection, SFTPWrapper } from 'ssh2';
import type { DropAccount } from './accounts.js';
import type { Authentication } from './authentication.js';
import type { DropLimits } from './limits.js';
import type { DropLog } from './log.js';
import { Login } from './login.js';
import type { Session } from './session.js';
import { serveSftp } from './sftp-session.js';

export interface ConnectionParts extends Authentication {
  readonly limits: DropLimits;
  readonly log: DropLog;
  readonly address: string;
  readonly openSession: (account: DropAccount) => Session;
  /** false: this login has too many connections. */
  readonly onLogin: (userName: string) => boolean;
}

/** Clients use one; some open a second to list. */
const MOST_SESSIONS = 4;
const GOODBYE_MS = 2_000;

/**
 * Serves one connection: login, then SFTP and nothing else. There is no listener for shells, commands, terminals, agents
 * and forwarding, which ssh2 answers with a refusal. Resolves when the connection has ended and nothing is left of it.
 */
export function serveConnection(client: Connection, socket: Socket, parts: ConnectionParts): Promise<void> {
  const { limits } = parts;
  const disconnect = (): void => sayGoodbye(client, socket);
  const login = new Login({ ...parts, ...limits, isConnected: () => !socket.destroyed, disconnect });
  const ends = new Set<() => Promise<void>>();
  const idle = setTimeout(disconnect, limits.idleMs);
  const pause = pauser(socket);

  client.on('error', () => undefined); // Resets and broken packets of strangers; the close that follows cleans up.
  client.on('authentication', (attempt) => void login.attempt(attempt));
  client.on('ready', () => {
    if (login.account !== null && !parts.onLogin(login.account.userName)) disconnect();
  });
  client.on('session', (accept, reject) => {
    if (ends.size >= MOST_SESSIONS) return reject();
    accept().on('sftp', openSftp);
  });

  // At once: OpenSSH sends its first request without waiting, and ssh2 drops what comes before a channel is accepted.
  function openSftp(accept: AcceptSftpConnection, reject: () => void): void {
    if (login.account === null) return reject();
    const sftp = accept();
    const session = parts.openSession(login.account);
    const end = serveSftp(sftp, session, {
      pendingBytes: limits.pendingBytes,
      isConnected: () => !socket.destroyed,
      onFull: pause,
      onRequest: () => idle.refresh(),
    });
    ends.add(end);
    sftp.on('end', () => void closeSession(end, sftp)).on('close', () => void closeSession(end, sftp));
  }

  async function closeSession(end: () => Promise<void>, sftp: SFTPWrapper): Promise<void> {
    await end();
    ends.delete(end);
    if (!socket.destroyed) sftp.end();
  }

  return new Promise((resolve) => {
    client.on('close', () => {
      clearTimeout(idle);
      login.connectionEnded();
      void Promise.all([...ends].map((end) => end())).then(() => resolve());
    });
  });
}

/** A client that does not hang up in its turn is cut off. */
function sayGoodbye(client: Connection, socket: Socket): void {
  client.end();
  setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
}

/** Several sessions share the socket: it flows again when none of them is full. */
function pauser(socket: Socket): (isFull: boolean) => void {
  let full = 0;
  return (isFull) => {
    full += isFull ? 1 : -1;
    if (full > 0) socket.pause();
    else socket.resume();
  };
}
