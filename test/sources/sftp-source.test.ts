import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, rm, truncate, utimes } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  HostKeyChanged,
  LoginRefused,
  SourceCutOff,
  SourceDamaged,
  SourceMissing,
  SourceStillGrowing,
  SourceUnreachable,
} from '../../src/sources/errors.js';
import { fingerprint } from '../../src/sources/sftp/host-key.js';
import type { SftpSettings } from '../../src/sources/sftp/settings.js';
import type { Source } from '../../src/sources/source.js';
import { anAccount, otherKeys, PASSWORD, TestDrop, until } from '../drop/support.js';
import { aSource, Line } from './support.js';

let drop: TestDrop;
const sources: Source[] = [];
beforeEach(async () => {
  drop = await TestDrop.start([anAccount(), anAccount({ userName: 'intake', access: 'fetch' })]);
});
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
  await drop.stop();
});

describe('the newest file', () => {
  it('is read whole, with its name, size and time', async () => {
    const content = randomBytes(5_000_001);
    await deliver('employees.csv', content, 100);
    const delivery = await open().newest();
    expect(delivery).toMatchObject({ name: 'employees.csv', size: 5_000_001, modifiedAt: new Date(100_000) });
    expect((await buffer(delivery.content)).equals(content)).toBe(true);
  });

  it('is the newest of those that match, and of one second the later name', async () => {
    await deliver('a-20260101.csv', 'old', 100);
    await deliver('a-20260103.csv', 'new', 200);
    await deliver('A-20260102.CSV', 'other', 200);
    await deliver('newer.txt', 'no', 300);
    await deliver('.hidden.csv', 'no', 300);
    await mkdir(drop.onDisk('folder.csv'));
    expect((await open().newest()).name).toBe('a-20260103.csv');
    await rm(drop.onDisk('a-20260103.csv'));
    expect((await open().newest()).name).toBe('A-20260102.CSV');
  });

  it('may be empty', async () => {
    await deliver('employees.csv', '', 100);
    const delivery = await open().newest();
    expect([delivery.size, (await buffer(delivery.content)).length]).toEqual([0, 0]);
  });

  it('is missed with the folder, the pattern and how much else is there, but not what', async () => {
    await deliver('Marker-Name.txt', 'x', 100);
    await deliver('other.txt', 'x', 200);
    const error = await failure(open({ folder: '/' }).newest());
    expect(error).toBeInstanceOf(SourceMissing);
    expect(error.message).toMatch(/"\*\.csv".*folder "\/": 2 other files are there, the newest of 1970-01-01T00:03:20/);
    expect(error.message).not.toContain('Marker-Name');
    expect(error).toMatchObject({ retryable: false });
  });

  it('is missed in a folder that is empty or not there', async () => {
    await mkdir(drop.onDisk('empty'), { recursive: true });
    await expect(open({ folder: '/empty' }).newest()).rejects.toThrow('the folder holds no files');
    await expect(open({ folder: '/nowhere' }).newest()).rejects.toThrow('the folder does not exist');
    await expect(open({ folder: '/nowhere' }).newest()).rejects.toThrow(SourceMissing);
  });

  it('is not read into memory ahead of its reader', async () => {
    await deliver('employees.csv', Buffer.alloc(20_000_000), 100);
    const line = await Line.to(drop.drop.port, { afterBytes: Infinity, how: 'cut' });
    const texts: string[] = [];
    const { content } = await open({ port: line.port }).newest({ onProgress: (text) => texts.push(text) });
    content.once('readable', () => undefined);
    await until(() => content.readableLength > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(line.passed).toBeLessThan(3_000_000);
    expect((await buffer(content)).length).toBe(20_000_000);
    expect(texts[0]).toMatch(/connecting to 127\.0\.0\.1/);
    await line.close();
  });
});

describe('feature 20: a file that is not complete', () => {
  const stable = { completeness: { kind: 'stable', forMs: 1_500 } } as const;

  it('is waited for, and refused while it grows', async () => {
    await deliver('employees.csv', 'half', 100);
    const texts: string[] = [];
    const attempt = failure(open(stable).newest({ onProgress: (text) => texts.push(text) }));
    await until(() => texts.some((text) => text.startsWith('waiting')));
    await appendFile(drop.onDisk('employees.csv'), 'other half');
    expect(await attempt).toBeInstanceOf(SourceStillGrowing);
    expect(await attempt).toMatchObject({ retryable: true });
    const delivery = await open(stable).newest();
    expect((await buffer(delivery.content)).toString()).toBe('halfother half');
  });

  it('is refused when a newer one comes while it is looked at', async () => {
    await deliver('a.csv', 'x', 100);
    const texts: string[] = [];
    const attempt = failure(open(stable).newest({ onProgress: (text) => texts.push(text) }));
    await until(() => texts.some((text) => text.startsWith('waiting')));
    await deliver('b.csv', 'x', 200);
    expect(await attempt).toBeInstanceOf(SourceStillGrowing);
  });

  it('is given up at once when the wait is aborted', async () => {
    await deliver('employees.csv', 'x', 100);
    const abort = new AbortController();
    const attempt = failure(
      open({ completeness: { kind: 'stable' } }).newest({
        signal: abort.signal,
        onProgress: (text) => void (text.startsWith('waiting') && abort.abort()),
      }),
    );
    expect((await attempt).name).toBe('AbortError');
  });

  it('is recognised by its marker, which must not be older than the file', async () => {
    const settings = { pattern: '*', completeness: { kind: 'marker', suffix: '.done' } } as const;
    await deliver('employees.csv', 'x', 100);
    await expect(open(settings).newest()).rejects.toThrow('".done", is not there yet');
    await deliver('employees.csv.done', '', 50);
    await expect(open(settings).newest()).rejects.toThrow('earlier delivery');
    await deliver('employees.csv.done', '', 100);
    const delivery = await open(settings).newest();
    expect(delivery.name).toBe('employees.csv');
    expect(await delivery.archive()).toBe(true);
    expect((await readdir(drop.onDisk('archive'))).map((name) => name.replace(/^[^-]*-/, ''))).toEqual([
      'employees.csv',
      'employees.csv.done',
    ]);
  });

  it('fails the stream when it changes while it is read', async () => {
    await deliver('employees.csv', Buffer.alloc(8_000_000), 100);
    const longer = await open().newest();
    await appendFile(drop.onDisk('employees.csv'), 'x');
    await expect(buffer(longer.content)).rejects.toThrow(SourceStillGrowing);
    await deliver('employees.csv', Buffer.alloc(8_000_000), 100);
    const shorter = await open().newest();
    await truncate(drop.onDisk('employees.csv'), 4_000_000);
    await expect(buffer(shorter.content)).rejects.toThrow(SourceCutOff);
  });
});

describe('feature 20: a file with a checksum beside it', () => {
  const content = randomBytes(3_000_001);
  const sha256 = createHash('sha256').update(content).digest('hex');

  it.each([
    ['as sha256sum writes it', `${sha256}  employees.csv\n`],
    ['in capitals, with a mark in front', `\ufeff${sha256.toUpperCase()}\r\n`],
    ['as BSD writes it', `SHA256 (employees.csv) = ${sha256}\n`],
  ])('is taken when it fits, and both are archived: %s', async (_, checksum) => {
    await deliver('employees.csv', content, 100);
    await deliver('employees.csv.sha256', checksum, 200);
    const delivery = await open({ pattern: '*' }).newest();
    expect(delivery.name).toBe('employees.csv');
    expect((await buffer(delivery.content)).equals(content)).toBe(true);
    expect(await delivery.archive()).toBe(true);
    expect((await readdir(drop.onDisk(''))).sort()).toEqual(['archive']);
    expect(await readdir(drop.onDisk('archive'))).toHaveLength(2);
  });

  it('is refused when a byte of it is another one, or the checksum is none', async () => {
    const damaged = Buffer.from(content);
    damaged.writeUInt8(damaged.readUInt8(2_000_000) ^ 1, 2_000_000);
    await deliver('employees.csv', damaged, 100);
    await deliver('employees.csv.sha256', sha256, 100);
    const error = await failure(buffer((await open().newest()).content));
    expect(error).toBeInstanceOf(SourceDamaged);
    expect(error).toMatchObject({ retryable: true });
    expect(error.message).toMatch(/its SHA-256 is another one.*nothing was changed/);
    for (const none of ['', sha256.slice(1), `${sha256}0`]) {
      await deliver('employees.csv.sha256', none, 100);
      await expect(open().newest()).rejects.toThrow(SourceDamaged);
    }
  });

  it('is none of the checksum of another file', async () => {
    await deliver('employees.csv', content, 100);
    await deliver('others.csv.sha256', '0'.repeat(64), 100);
    expect((await buffer((await open().newest()).content)).length).toBe(content.length);
  });
});

describe('a connection', () => {
  it.each(['cut', 'reset', 'silent'] as const)(
    'that is %s in the middle fails the stream, and the next attempt works',
    async (how) => {
      const content = randomBytes(4_000_000);
      await deliver('employees.csv', content, 100);
      const line = await Line.to(drop.drop.port, { afterBytes: 1_000_000, how });
      try {
        const delivery = await open({ port: line.port, timeoutMs: 1_000 }).newest();
        const error = await failure(buffer(delivery.content));
        expect(error).toBeInstanceOf(SourceCutOff);
        expect(error).toMatchObject({ retryable: true, bytesAnnounced: 4_000_000 });
        expect(error.message).toMatch(/cut off after \d+ of 4000000 bytes.*nothing was changed/);
      } finally {
        await line.close();
      }
      expect((await buffer((await open().newest()).content)).equals(content)).toBe(true);
    },
  );

  it('that is lost is made anew by the same source', async () => {
    await deliver('employees.csv', 'x', 100);
    const source = open();
    const delivery = await source.newest();
    await buffer(delivery.content);
    const { port } = drop.drop;
    await drop.drop.close();
    await drop.startAgain({ port });
    expect(await delivery.archive()).toBe(true);
  });

  it('that is refused, silent or not SSH is unreachable', async () => {
    const silent = createServer(() => undefined);
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    for (const server of [silent, other]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ports = [1, portOf(silent), portOf(other)];
    for (const port of ports) {
      const error = await failure(open({ port, timeoutMs: 300 }).newest());
      expect(error).toBeInstanceOf(SourceUnreachable);
      expect(error).toMatchObject({ retryable: true });
      expect(error.message).toContain(`127.0.0.1:${port}`);
    }
    for (const server of [silent, other]) server.close();
  });

  it('to a host that has another key is refused before anything is sent, with both fingerprints', async () => {
    const expected = `SHA256:${createHash('sha256').update('another').digest('base64').replace('=', '')}`;
    const error = await failure(
      open({ hostKeyFingerprints: [expected], auth: { kind: 'password', password: PASSWORD } }).newest(),
    );
    expect(error).toBeInstanceOf(HostKeyChanged);
    expect(error.message).toContain(expected);
    expect(error.message).toContain(drop.drop.hostKeyFingerprint);
    expect(error.message).toContain('Nothing was read');
    expect(error).toMatchObject({ retryable: false });
    expect(drop.logged).toEqual([]);
  });

  it('is not made without a host key', () => {
    for (const hostKeyFingerprints of [[], ['aa:bb:cc'], ['SHA256:short']]) {
      expect(() => open({ hostKeyFingerprints })).toThrow(RangeError);
    }
  });

  it('takes one of several fingerprints, also with padding, and they can be looked up', async () => {
    await deliver('employees.csv', 'x', 100);
    const found = await fingerprint('127.0.0.1', drop.drop.port);
    expect(found).toBe(drop.drop.hostKeyFingerprint);
    const other = `SHA256:${randomBytes(32).toString('base64')}`;
    await open({ hostKeyFingerprints: [other, ` ${found}= `] }).newest();
    await expect(fingerprint('127.0.0.1', 1)).rejects.toThrow(SourceUnreachable);
  });
});

describe('the login', () => {
  it('works with a password and with a key that has a passphrase', async () => {
    await deliver('employees.csv', 'x', 100);
    const pair = ssh2.utils.generateKeyPairSync('ed25519', {
      passphrase: 'open sesame',
      cipher: 'aes256-cbc',
      rounds: 4,
    });
    drop.accounts.set('intake', anAccount({ userName: 'intake', access: 'fetch', publicKeys: [pair.public] }));
    await open({ auth: { kind: 'password', password: PASSWORD } }).newest();
    await open({ auth: { kind: 'key', privateKey: pair.private, passphrase: 'open sesame' } }).newest();
    const wrong = open({ auth: { kind: 'key', privateKey: pair.private, passphrase: 'wrong' } });
    await expect(wrong.newest()).rejects.toThrow('our private key cannot be read');
  });

  it.each<[string, SftpSettings['auth']]>([
    ['password', { kind: 'password', password: 'wrong-marker' }],
    ['key', { kind: 'key', privateKey: otherKeys.privateKey }],
    ['unreadable key', { kind: 'key', privateKey: 'wrong-marker' }],
  ])('is refused with a wrong %s, which is not repeated', async (_what, auth) => {
    const error = await failure(open({ auth }).newest());
    expect(error).toBeInstanceOf(LoginRefused);
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toContain('"intake"');
    expect(error.message).not.toContain('wrong-marker');
  });
});

describe('feature 20: archiving', () => {
  it('moves the file, with the time before its name, and makes the folder', async () => {
    await deliver('employees.csv', 'x', 100);
    const delivery = await open().newest();
    await buffer(delivery.content);
    expect(await delivery.archive()).toBe(true);
    expect((await readdir(drop.onDisk(''))).sort()).toEqual(['archive']);
    expect(await readdir(drop.onDisk('archive'))).toEqual([expect.stringMatching(/^\d{8}T\d{9}Z-employees\.csv$/)]);
    await expect(open().newest()).rejects.toThrow(SourceMissing);
  });

  it('answers no when the account may not, when it is not wanted, and twice', async () => {
    await deliver('employees.csv', 'x', 100);
    expect(await (await open({ archiveFolder: '/elsewhere' }).newest()).archive()).toBe(false);
    expect(await (await open({ archiveFolder: null }).newest()).archive()).toBe(false);
    const delivery = await open().newest();
    expect([await delivery.archive(), await delivery.archive()]).toEqual([true, false]);
  });

  it('leaves a new delivery of the same name where it is', async () => {
    await deliver('employees.csv', 'today', 100);
    const delivery = await open().newest();
    await buffer(delivery.content);
    await deliver('employees.csv', 'later', 200);
    expect(await delivery.archive()).toBe(false);
    expect((await drop.read('employees.csv')).toString()).toBe('later');
  });

  it('fails, and says so, when the server is gone', async () => {
    await deliver('employees.csv', 'x', 100);
    const delivery = await open().newest();
    await drop.drop.close();
    await expect(delivery.archive()).rejects.toThrow(SourceUnreachable);
    await drop.startAgain();
  });
});

function open(changes: Partial<SftpSettings> = {}): Source {
  const source = aSource(drop, changes);
  sources.push(source);
  return source;
}

async function deliver(name: string, content: string | Buffer, seconds: number): Promise<void> {
  await rm(drop.onDisk(name), { force: true });
  await drop.place(name, content);
  await utimes(drop.onDisk(name), seconds, seconds);
}

async function failure(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error('It was expected to fail.');
}

function portOf(server: ReturnType<typeof createServer>): number {
  return (server.address() as AddressInfo).port;
}
