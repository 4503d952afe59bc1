import { once } from 'node:events';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import ssh2, { type Client, type ConnectConfig } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnusableHostKey } from '../../src/drop/host-key.js';
import { createLockOut } from '../../src/drop/lock-out.js';
import { toCustomerId } from '../../src/sync/ids.js';
import { anAccount, keys, otherKeys, rawConnection, TestDrop, until } from './support.js';

const REFUSED = 'All configured authentication methods failed';
const byKey = (privateKey: string): ConnectConfig => ({ password: undefined, privateKey });
let drop: TestDrop;
beforeEach(async () => {
  drop = await TestDrop.start([
    anAccount(),
    anAccount({ userName: 'keys-only', passwordHash: null }),
    anAccount({ userName: 'nobody', allowedFrom: [] }),
    anAccount({ userName: 'elsewhere', allowedFrom: ['203.0.113.0/24', '2001:db8::/32'] }),
    anAccount({ userName: 'here', allowedFrom: ['203.0.113.7', '127.0.0.0/8'] }),
    anAccount({ userName: 'rival', customer: toCustomerId('rival') }),
  ]);
});
afterEach(() => drop.stop());

describe('logging in', () => {
  it('works with the password and with the key', async () => {
    await drop.connect();
    await drop.connect(byKey(keys.privateKey));
    await drop.connect({ ...byKey(keys.privateKey), username: 'keys-only' });
  });

  it.each(['rsa', 'ecdsa'] as const)('works with an %s key', async (kind) => {
    const pair = kind === 'rsa' ? rsaKeys() : ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    drop.accounts.set(
      'korenaar',
      anAccount({ publicKeys: ['not a key', otherKeys.publicKey, `${pair.public} me@there`] }),
    );
    await drop.connect(byKey(pair.private));
  });

  it('fails with a wrong password, a wrong key, and for an account that is not there', async () => {
    await expect(drop.connect({ password: 'wrong' })).rejects.toThrow(REFUSED);
    await expect(drop.connect({ password: '' })).rejects.toThrow(REFUSED);
    await expect(drop.connect(byKey(otherKeys.privateKey))).rejects.toThrow(REFUSED);
    await expect(drop.connect({ username: 'keys-only' })).rejects.toThrow(REFUSED);
    await expect(drop.connect({ username: 'unknown' })).rejects.toThrow(REFUSED);
  });

  it('fails for who shows the right key and cannot sign with it', async () => {
    const [known, other] = [ssh2.utils.parseKey(keys.privateKey), ssh2.utils.parseKey(otherKeys.privateKey)];
    if (known instanceof Error || other instanceof Error) throw new Error('The keys of the test cannot be read.');
    const key = Object.assign(known, { sign: other.sign.bind(other) });
    const authHandler = [{ type: 'publickey' as const, username: 'korenaar', key }];
    await expect(drop.connect({ password: undefined, authHandler })).rejects.toThrow(REFUSED);
    await until(() => drop.logged.some((line) => line.includes('"why":"wrong"')));
  });

  it('is refused from an address that is not on the list, with the right password and the right key', async () => {
    for (const username of ['nobody', 'elsewhere']) {
      await expect(drop.connect({ username })).rejects.toThrow(REFUSED);
      await expect(drop.connect({ username, ...byKey(keys.privateKey) })).rejects.toThrow(REFUSED);
    }
    await drop.connect({ username: 'here' });
    expect(drop.logged.filter((line) => line.includes('address not allowed'))).toHaveLength(4);
  });

  it('shows nobody the files of another', async () => {
    const { client } = await drop.connect();
    await client.put(Buffer.from('x'), '/employees.csv');
    const { client: rival } = await drop.connect({ username: 'rival' });
    expect(await rival.list('/')).toEqual([]);
  });

  it('is refused and does not harm when accounts cannot be looked up', async () => {
    await drop.drop.close();
    await drop.startAgain({ accounts: { find: () => Promise.reject(new Error('no database')) } });
    await expect(drop.connect()).rejects.toThrow(REFUSED);
    await until(() => drop.logged.some((line) => line.includes('unavailable')));
  });
});

describe('the lock-out', () => {
  it('comes after repeated failures, also for the right password, and is over after its time', async () => {
    let now = 0;
    await drop.drop.close();
    await drop.startAgain({ lockOut: createLockOut({ freePerLogin: 3 }, () => now) });
    for (let failure = 0; failure < 3; failure += 1) {
      await expect(drop.connect({ password: 'wrong' })).rejects.toThrow(REFUSED);
    }
    await expect(drop.connect()).rejects.toThrow();
    await expect(drop.connect(byKey(keys.privateKey))).rejects.toThrow();
    await drop.connect({ username: 'rival' });
    now = 30_000;
    await drop.connect();
  });

  it('counts keys that were refused, but not those an agent offered before the right one', async () => {
    await drop.drop.close();
    await drop.startAgain({ lockOut: createLockOut({ freePerLogin: 2 }) });
    for (let failure = 0; failure < 2; failure += 1) {
      await expect(drop.connect(byKey(otherKeys.privateKey))).rejects.toThrow(REFUSED);
    }
    await expect(drop.connect()).rejects.toThrow();
    const rival = { username: 'rival', privateKey: otherKeys.privateKey };
    for (let login = 0; login < 3; login += 1) await drop.connect(rival);
  });

  it('cannot be avoided by guessing in parallel', async () => {
    await drop.drop.close();
    await drop.startAgain({ lockOut: createLockOut({ freePerLogin: 3 }) });
    await Promise.allSettled(Array.from({ length: 10 }, () => drop.connect({ password: 'wrong' })));
    expect(drop.logged.filter((line) => line.includes('"why":"wrong"')).length).toBeLessThanOrEqual(4);
  });

  it('grows, is for one address, forgets in the end, and has a limited memory', () => {
    let now = 0;
    const lockOut = createLockOut(
      { freePerLogin: 2, freePerAddress: 4, firstMs: 10, longestMs: 40, entries: 50 },
      () => now,
    );
    const fail = (userName: string, address = '203.0.113.7'): number => {
      lockOut.recordFailure(userName, address);
      return lockOut.remainingMs(userName, address);
    };
    expect([fail('a'), fail('a'), fail('a'), fail('a'), fail('a'), fail('a')]).toEqual([0, 10, 20, 40, 40, 40]);
    expect(lockOut.remainingMs('a', '203.0.113.8')).toBe(0);
    expect(lockOut.remainingMs('other', '203.0.113.7')).toBe(40);
    expect(lockOut.remainingMs('a', '::ffff:203.0.113.7')).toBe(40);
    now = 40;
    expect(lockOut.remainingMs('a', '203.0.113.7')).toBe(0);
    now = 25 * 3_600_000;
    expect(fail('a')).toBe(0);
    for (const host of ['1', '2', 'ffff:1']) lockOut.recordFailure('b', `2001:db8::${host}`);
    expect(lockOut.remainingMs('b', '2001:db8::9')).toBeGreaterThan(0);
    for (let stranger = 0; stranger < 200; stranger += 1) fail(`stranger-${stranger}`, '198.51.100.1');
    expect(lockOut.remainingMs('b', '2001:db8::9')).toBe(0);
    expect(lockOut.remainingMs('anyone', '198.51.100.1')).toBe(40);
  });
});

describe('a connection', () => {
  it('gets no shell, no command, no terminal, no other subsystem and no forwarding', async () => {
    const client = await rawConnection(drop.login());
    const refusals = await Promise.all([
      refusal((done) => client.shell(done)),
      refusal((done) => client.exec('id', done)),
      refusal((done) => client.exec('id', { pty: true }, done)),
      refusal((done) => client.exec('scp -t .', done)),
      refusal((done) => client.subsys('netconf', done)),
      refusal((done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', drop.drop.port, done)),
      refusal((done) => client.forwardIn('127.0.0.1', 0, done)),
      refusal((done) => client.openssh_forwardOutStreamLocal('/run/x.sock', done)),
      refusal((done) => client.openssh_forwardInStreamLocal('/run/x.sock', done)),
    ]);
    expect(refusals.filter((text) => text === null)).toEqual([]);
    client.end();
  });

  it('is ended when nobody logs in', async () => {
    await drop.drop.close();
    await drop.startAgain({ limits: { loginMs: 100 } });
    await closed(connect(drop.drop.port, '127.0.0.1'));
  });

  it('is ended when it is idle', async () => {
    await drop.drop.close();
    await drop.startAgain({ limits: { idleMs: 1000 } });
    const client = await rawConnection(drop.login());
    await new Promise((resolve) => client.on('close', () => resolve(null)));
  });

  it('is refused beyond the number of strangers that one address may have; who logged in is none', async () => {
    await drop.drop.close();
    await drop.startAgain({ limits: { strangersPerAddress: 2 } });
    for (let count = 0; count < 3; count += 1) await drop.connect();
    const strangers = [connect(drop.drop.port, '127.0.0.1'), connect(drop.drop.port, '127.0.0.1')];
    await Promise.all(strangers.map((socket) => once(socket, 'data')));
    await expect(drop.connect()).rejects.toThrow();
    strangers[0]?.destroy();
    await until(() =>
      drop.connect().then(
        () => true,
        () => false,
      ),
    );
    strangers[1]?.destroy();
  });

  it('is refused beyond the number that one login may have, until one of them is over', async () => {
    await drop.drop.close();
    await drop.startAgain({ limits: { connectionsPerLogin: 2 } });
    const { client } = await drop.connect();
    await drop.connect();
    await expect(drop.connect()).rejects.toThrow();
    await client.end();
    await until(() =>
      drop.connect().then(
        () => true,
        () => false,
      ),
    );
  });

  it('is ended after too many attempts', async () => {
    await drop.drop.close();
    await drop.startAgain({ limits: { loginAttempts: 2 }, lockOut: createLockOut({ freePerLogin: 100 }) });
    const client: Client = new ssh2.Client();
    const ended = new Promise((resolve) => client.on('error', () => undefined).on('close', () => resolve(null)));
    client.connect({
      ...drop.login(),
      authHandler: (_left, _partial, next) => {
        next({ type: 'password', username: 'korenaar', password: 'wrong' });
      },
    });
    await ended;
    expect(drop.logged.filter((line) => line.includes('"why":"wrong"'))).toHaveLength(2);
  });

  it('survives strangers who do not speak SSH', async () => {
    const socket = connect(drop.drop.port, '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\n\r\n');
    await closed(socket);
    await drop.connect();
  });
});

describe('the host key', () => {
  it('is made once, for its owner only, and kept', async () => {
    const path = join(drop.folder, 'host_key');
    const { hostKeyFingerprint } = drop.drop;
    expect(hostKeyFingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const before = await readFile(path);
    await drop.drop.close();
    await drop.startAgain();
    expect(drop.drop.hostKeyFingerprint).toBe(hostKeyFingerprint);
    expect(await readFile(path)).toEqual(before);
  });

  it('stops the start, and is not replaced, when others may read it or when it is broken', async () => {
    const path = join(drop.folder, 'host_key');
    await drop.drop.close();
    await chmod(path, 0o644);
    await expect(drop.startAgain()).rejects.toThrow(`chmod 600 ${path}`);
    await chmod(path, 0o600);
    await writeFile(path, 'broken');
    await expect(drop.startAgain()).rejects.toThrow(UnusableHostKey);
    expect(await readFile(path, 'utf8')).toBe('broken');
  });
});

function rsaKeys() {
  return ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 });
}

function refusal(request: (done: (error?: Error | null) => void) => void): Promise<string | null> {
  return new Promise((resolve) => {
    request((error) => resolve(error?.message ?? null));
  });
}

function closed(socket: ReturnType<typeof connect>): Promise<unknown> {
  return new Promise((resolve) =>
    socket
      .on('error', () => undefined)
      .on('close', resolve)
      .resume(),
  );
}
