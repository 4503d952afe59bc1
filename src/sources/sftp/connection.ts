import { connect, type Socket } from 'node:net';
import ssh2, { type ConnectConfig, type SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import { HostKeyChanged, LoginRefused, SourceUnreachable, type SourceError } from '../errors.js';
import { fingerprintOf, isSameFingerprint } from './host-key.js';
import { DEFAULT_TIMEOUT_MS, type SftpSettings } from './settings.js';
import { withTimeLimit } from './time-limit.js';

/** Pings a silent server, so that a line that is cut without a word is noticed. */
const KEEP_ALIVE_MS = 10_000;
const GOODBYE_MS = 2_000;

/** One logged-in connection. */
export interface SftpConnection {
  readonly client: SftpClient;
  /** The calls below ssh2-sftp-client's, to read a file in several pieces at once. */
  readonly sftp: SFTPWrapper;
  isLost(): boolean;
  /** Never fails. */
  end(): Promise<void>;
}

/** @throws SourceUnreachable, HostKeyChanged, LoginRefused */
export async function openConnection(settings: SftpSettings): Promise<SftpConnection> {
  refuseUnreadableKey(settings);
  const timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const seen: Seen = { hostKey: null, level: null };
  // Our own socket, because ssh2-sftp-client leaves its socket open when a login works and SFTP does not.
  // Without delay, since what is asked is small and the next question waits for the answer.
  const socket = connect({ host: settings.host, port: settings.port, noDelay: true });
  const client = new SftpClient('source', { error: nothing, end: nothing, close: nothing });
  client.on('error', (error: unknown) => void (seen.level ??= levelOf(error)));
  answerPrompts(client, settings);
  try {
    const sftp = await withTimeLimit(2 * timeoutMs, client.connect(connectConfig(settings, socket, seen)));
    return { client, sftp, isLost: () => socket.destroyed || !socket.readable, end: () => end(client, socket) };
  } catch (error) {
    socket.destroy();
    throw explain(error, settings, seen);
  }
}

export function addressOf({ host, port }: SftpSettings): string {
  return `${host}:${port}`;
}

/** The words of an error without the names of the functions that it came through. */
export function detailOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^(\w+(: |->))+/, '') : 'no reason was given';
}

/** What is known of an attempt to connect when it fails. */
interface Seen {
  hostKey: string | null;
  level: string | null;
}

function connectConfig(settings: SftpSettings, sock: Socket, seen: Seen): ConnectConfig {
  const { auth } = settings;
  return {
    sock,
    username: settings.userName,
    readyTimeout: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    keepaliveInterval: KEEP_ALIVE_MS,
    hostVerifier: (key: Buffer) => {
      seen.hostKey = fingerprintOf(key);
      return isExpected(settings, seen.hostKey);
    },
    ...(auth.kind === 'password'
      ? { password: auth.password, tryKeyboard: true }
      : { privateKey: auth.privateKey, passphrase: auth.passphrase }),
  };
}

/** Many servers ask for the password by a prompt only. A second question is none that we could answer. */
function answerPrompts(client: SftpClient, { auth }: SftpSettings): void {
  client.on(
    'keyboard-interactive',
    (_name: string, _instructions: string, _language: string, prompts: readonly unknown[], finish: Finish) => {
      finish(auth.kind === 'password' && prompts.length === 1 ? [auth.password] : []);
    },
  );
}

type Finish = (answers: string[]) => void;

function refuseUnreadableKey(settings: SftpSettings): void {
  const { auth } = settings;
  if (auth.kind !== 'key') return;
  const parsed = ssh2.utils.parseKey(auth.privateKey, auth.passphrase);
  if (!(parsed instanceof Error)) return;
  throw new LoginRefused(addressOf(settings), settings.userName, `our private key cannot be read (${parsed.message})`);
}

function explain(error: unknown, settings: SftpSettings, { hostKey, level }: Seen): SourceError {
  const address = addressOf(settings);
  if (hostKey !== null && !isExpected(settings, hostKey)) {
    return new HostKeyChanged(address, settings.hostKeyFingerprints, hostKey);
  }
  if (level === 'client-authentication') {
    const detail = `it does not accept our ${settings.auth.kind}`;
    return new LoginRefused(address, settings.userName, detail, { cause: error });
  }
  return new SourceUnreachable(address, detailOf(error), { cause: error });
}

function isExpected({ hostKeyFingerprints }: SftpSettings, presented: string): boolean {
  return hostKeyFingerprints.some((expected) => isSameFingerprint(expected, presented));
}

function levelOf(error: unknown): string | null {
  return error instanceof Error && 'level' in error ? String(error.level) : null;
}

/** Says goodbye, and hangs up on a server that does not answer it. */
async function end(client: SftpClient, socket: Socket): Promise<void> {
  if (!socket.destroyed) await withTimeLimit(GOODBYE_MS, client.end()).catch(nothing);
  socket.destroy();
}

function nothing(): void {
  // Whoever waits for an answer gets the error; these are the same events once more.
}
