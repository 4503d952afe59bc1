import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../src/drop/key-pair.js';
import {
  HostKeyChanged,
  LoginRefused,
  SourceCutOff,
  SourceForbidden,
  SourceMissing,
  SourceStillGrowing,
} from '../../src/sources/errors.js';
import { fingerprint } from '../../src/sources/sftp/host-key.js';
import type { SftpSettings } from '../../src/sources/sftp/settings.js';
import { createSftpSource } from '../../src/sources/sftp/sftp-source.js';
import type { Source } from '../../src/sources/source.js';
import { keys, otherKeys, run, until } from '../drop/support.js';
import { Line } from './support.js';

const SSHD = '/usr/sbin/sshd';
const installed = (await run(SSHD, ['-?'])).code !== 127;
if (!installed)
  console.warn(
    "SKIPPED: OpenSSH's sshd is not installed, so the source is not tried with it (apt-get install openssh-server).",
  );

describe.skipIf(!installed)("OpenSSH's own server", () => {
  let folder: string;
  let port: number;
  let server: ChildProcess | null = null;
  let hostKey: string;
  const sources: Source[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sshd-'));
    await mkdir(join(folder, 'out'));
    await start('internal-sftp');
  });
  afterEach(async () => {
    await Promise.all(sources.splice(0).map((source) => source.close()));
    await stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is read from, and archived on', async () => {
    const content = randomBytes(6_000_007);
    await deliver('employees.csv', content);
    const delivery = await open().newest();
    expect([delivery.name, delivery.size]).toEqual(['employees.csv', 6_000_007]);
    expect((await buffer(delivery.content)).equals(content)).toBe(true);
    expect(await delivery.archive()).toBe(true);
    expect(await readdir(join(folder, 'out'))).toEqual(['archive']);
    const [archived = ''] = await readdir(join(folder, 'out', 'archive'));
    expect((await readFile(join(folder, 'out', 'archive', archived))).equals(content)).toBe(true);
    await expect(open().newest()).rejects.toThrow(SourceMissing);
    await expect(open({ folder: join(folder, 'nowhere') }).newest()).rejects.toThrow('the folder does not exist');
  });

  it('says no to archiving, and is read all the same, where the account may only read', async () => {
    await start('internal-sftp -R');
    await deliver('employees.csv', 'x');
    const delivery = await open().newest();
    expect((await buffer(delivery.content)).toString()).toBe('x');
    expect(await delivery.archive()).toBe(false);
    expect(await readdir(join(folder, 'out'))).toEqual(['employees.csv']);
  });

  it('says so where the account may not list', async () => {
    await start('internal-sftp -P opendir');
    await expect(open().newest()).rejects.toThrow(SourceForbidden);
  });

  it('is not believed while a file grows, nor when the line is cut', async () => {
    const content = randomBytes(4_000_000);
    await deliver('employees.csv', content);
    const texts: string[] = [];
    const stable = open({ completeness: { kind: 'stable', forMs: 1_000 } });
    const attempt = stable.newest({ onProgress: (text) => texts.push(text) }).catch((error: unknown) => error);
    await until(() => texts.some((text) => text.startsWith('waiting')));
    await appendFile(join(folder, 'out', 'employees.csv'), 'x');
    expect(await attempt).toBeInstanceOf(SourceStillGrowing);

    const line = await Line.to(port, { afterBytes: 1_000_000, how: 'reset' });
    const delivery = await open({ port: line.port }).newest();
    await expect(buffer(delivery.content)).rejects.toThrow(SourceCutOff);
    await line.close();
    expect((await buffer((await stable.newest()).content)).length).toBe(4_000_001);
  });

  it('is not logged in to with a wrong key, nor when its host key is another', async () => {
    await deliver('employees.csv', 'x');
    await expect(open({ auth: { kind: 'key', privateKey: otherKeys.privateKey } }).newest()).rejects.toThrow(
      LoginRefused,
    );
    const before = hostKey;
    await stop();
    await start('internal-sftp');
    expect(await fingerprint('127.0.0.1', port)).not.toBe(before);
    await expect(open({ hostKeyFingerprints: [before] }).newest()).rejects.toThrow(HostKeyChanged);
  });

  /** A server of its own, with its own keys, for the one user that runs this. */
  async function start(subsystem: string): Promise<void> {
    await stop();
    await writeFile(join(folder, 'host_key'), generateKeyPair('host').privateKey, { mode: 0o600 });
    await writeFile(join(folder, 'authorized_keys'), keys.publicKey, { mode: 0o600 });
    if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
    port = await freePort();
    const settings = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(folder, 'host_key')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      `Subsystem sftp ${subsystem}`,
    ];
    await writeFile(join(folder, 'config'), settings.join('\n'));
    server = spawn(SSHD, ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' });
    await until(async () => (hostKey = await fingerprint('127.0.0.1', port).catch(() => '')) !== '');
  }

  async function stop(): Promise<void> {
    if (server === null) return;
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    server = null;
  }

  function open(changes: Partial<SftpSettings> = {}): Source {
    const source = createSftpSource({
      host: '127.0.0.1',
      port,
      userName: userInfo().username,
      auth: { kind: 'key', privateKey: keys.privateKey },
      hostKeyFingerprints: [hostKey],
      folder: join(folder, 'out'),
      pattern: '*.csv',
      completeness: { kind: 'atomic' },
      archiveFolder: 'archive',
      timeoutMs: 5_000,
      ...changes,
    });
    sources.push(source);
    return source;
  }

  async function deliver(name: string, content: string | Buffer): Promise<void> {
    await writeFile(join(folder, 'out', name), content);
    await utimes(join(folder, 'out', name), 1_000_000, 1_000_000);
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
