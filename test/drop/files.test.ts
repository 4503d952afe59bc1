import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAccount, calls, keys, PASSWORD, rawConnection, TestDrop, until } from './support.js';

let drop: TestDrop;
beforeEach(async () => {
  const fetcher = anAccount({ userName: 'intake', access: 'fetch', passwordHash: null });
  drop = await TestDrop.start([anAccount(), fetcher, anAccount({ userName: 'small', maxFileBytes: 1000 })]);
});
afterEach(() => drop.stop());

describe('an upload', () => {
  it('arrives whole and is announced once', async () => {
    const { client } = await drop.connect();
    const content = randomBytes(3_000_000);
    await client.put(content, 'employees.csv');
    expect((await drop.read('employees.csv')).equals(content)).toBe(true);
    expect(drop.uploads).toEqual([
      { customer: 'korenaar', userName: 'korenaar', path: '/employees.csv', bytes: 3_000_000 },
    ]);
    expect(await drop.aside()).toEqual([]);
  });

  it('arrives whole when its pieces come in parallel', async () => {
    const { client } = await drop.connect();
    const content = randomBytes(5_000_003);
    await writeFile(join(drop.folder, 'local'), content);
    await client.fastPut(join(drop.folder, 'local'), '/employees.csv');
    expect((await drop.read('employees.csv')).equals(content)).toBe(true);
  });

  it('arrives whole when it comes faster than it can be written', async () => {
    await drop.drop.close();
    await drop.startAgain({ limits: { pendingBytes: 100_000 } });
    const { client } = await drop.connect();
    const content = randomBytes(3_000_000);
    await writeFile(join(drop.folder, 'local'), content);
    await client.fastPut(join(drop.folder, 'local'), '/employees.csv');
    expect((await drop.read('employees.csv')).equals(content)).toBe(true);
  });

  it('is not visible before it is closed', async () => {
    const { client, sftp } = await drop.connect();
    const handle = await calls(sftp).open('/employees.csv', 'w');
    await calls(sftp).write(handle, Buffer.from('id;name\n'), 0);
    expect(await client.list('/')).toEqual([]);
    expect(await client.exists('/employees.csv')).toBe(false);
    expect([await readdir(drop.onDisk('')), drop.uploads]).toEqual([[], []]);
    await calls(sftp).close(handle);
    expect((await client.list('/')).map(({ name, size }) => [name, size])).toEqual([['employees.csv', 8]]);
    expect(drop.uploads).toHaveLength(1);
  });

  it('replaces an earlier file at once, at the close', async () => {
    await drop.place('employees.csv', 'yesterday');
    const { sftp } = await drop.connect();
    const handle = await calls(sftp).open('/employees.csv', 'w');
    await calls(sftp).write(handle, Buffer.from('today'), 0);
    expect((await drop.read('employees.csv')).toString()).toBe('yesterday');
    await calls(sftp).close(handle);
    expect((await drop.read('employees.csv')).toString()).toBe('today');
  });

  it('leaves nothing, and the earlier file as it was, when the connection is lost in the middle', async () => {
    await drop.place('employees.csv', 'yesterday');
    const raw = await rawConnection(drop.login());
    const sftp = await new Promise<Parameters<typeof calls>[0]>((resolve, reject) => {
      raw.sftp((error, channel) => (error ? reject(error) : resolve(channel)));
    });
    const handle = await calls(sftp).open('/employees.csv', 'w');
    await calls(sftp).write(handle, Buffer.alloc(10_000), 0);
    expect(await drop.aside()).toHaveLength(1);
    raw.destroy();
    await until(async () => (await drop.aside()).length === 0);
    expect(await readdir(drop.onDisk(''))).toEqual(['employees.csv']);
    expect((await drop.read('employees.csv')).toString()).toBe('yesterday');
    expect(drop.uploads).toEqual([]);
    await until(() => drop.logged.some((line) => line.startsWith('upload given up')));
  });

  it('leaves nothing when only its channel is closed, or the drop is stopped', async () => {
    const { sftp } = await drop.connect();
    await calls(sftp).write(await calls(sftp).open('/one.csv', 'w'), Buffer.alloc(10), 0);
    sftp.end();
    await until(async () => (await drop.aside()).length === 0);
    const { sftp: second } = await drop.connect();
    await calls(second).write(await calls(second).open('/two.csv', 'w'), Buffer.alloc(10), 0);
    await drop.drop.close();
    expect([await drop.aside(), await readdir(drop.onDisk('')), drop.uploads]).toEqual([[], [], []]);
  });

  it('is refused at its close when a part of it never came', async () => {
    const { sftp } = await drop.connect();
    const handle = await calls(sftp).open('/employees.csv', 'w');
    await calls(sftp).write(handle, Buffer.from('end'), 100);
    await expect(calls(sftp).close(handle)).rejects.toThrow('Parts of the file never arrived. Nothing was stored.');
    expect([await drop.aside(), await readdir(drop.onDisk(''))]).toEqual([[], []]);
  });

  it('is refused beyond the size limit, also at its close, and leaves nothing', async () => {
    const { client, sftp } = await drop.connect({ username: 'small' });
    const handle = await calls(sftp).open('/employees.csv', 'w');
    await calls(sftp).write(handle, Buffer.alloc(1000), 0);
    await expect(calls(sftp).write(handle, Buffer.alloc(1), 1000)).rejects.toThrow('larger than the 1000 bytes');
    await expect(calls(sftp).close(handle)).rejects.toThrow('larger than the 1000 bytes');
    expect([await drop.aside(), await client.list('/'), drop.uploads]).toEqual([[], [], []]);
    await client.put(Buffer.alloc(1000), '/employees.csv');
    expect(drop.uploads).toHaveLength(1);
  });

  it('cannot be appended to or resumed', async () => {
    await drop.place('employees.csv', 'first');
    const { client, sftp } = await drop.connect();
    await expect(client.append(Buffer.from('more'), '/employees.csv')).rejects.toThrow('deliver the file whole');
    await expect(calls(sftp).open('/employees.csv', 'r+')).rejects.toThrow('deliver the file whole');
    expect((await drop.read('employees.csv')).toString()).toBe('first');
  });

  it('is announced again under the name it is renamed to, and may replace a file there', async () => {
    await drop.place('employees.csv', 'yesterday');
    const { client } = await drop.connect();
    await client.put(Buffer.from('today'), '/employees.csv.tmp');
    await client.rename('/employees.csv.tmp', '/employees.csv');
    expect(drop.uploads.map(({ path }) => path)).toEqual(['/employees.csv.tmp', '/employees.csv']);
    expect((await drop.read('employees.csv')).toString()).toBe('today');
  });

  it('is not announced when it is moved to the archive', async () => {
    await drop.place('employees.csv', 'x');
    const { client } = await drop.connect();
    await client.mkdir('/archive');
    await client.rename('/employees.csv', '/archive/employees.csv');
    expect(drop.uploads).toEqual([]);
  });

  it('goes on when announcing it fails', async () => {
    await drop.drop.close();
    await drop.startAgain({ onUpload: () => Promise.reject(new Error('no Temporal')) });
    const { client } = await drop.connect();
    await client.put(Buffer.from('x'), '/employees.csv');
    await until(() => drop.logged.some((line) => line.startsWith('an upload could not be announced')));
    expect((await drop.read('employees.csv')).toString()).toBe('x');
  });
});

describe('a disk that is full', () => {
  it('is told to the client, leaves nothing, and takes the file once there is room', async (test) => {
    const small = join(drop.folder, 'small');
    if (!(await mountSmallDisk(small))) return test.skip('needs root, to mount a tmpfs of 1 MB');
    try {
      await drop.drop.close();
      await drop.startAgain({ root: small });
      const { client } = await drop.connect();
      await expect(client.put(randomBytes(3_000_000), '/employees.csv')).rejects.toThrow('disk of the drop is full');
      await until(async () => (await readdir(join(small, '.partial'))).length === 0);
      expect([await client.list('/'), drop.uploads]).toEqual([[], []]);
      const { client: again } = await drop.connect();
      await again.put(randomBytes(500_000), '/employees.csv');
      expect(drop.uploads).toHaveLength(1);
      await drop.drop.close();
    } finally {
      execFileSync('umount', [small]);
    }
  });
});

describe('the folder of an account', () => {
  it('is all there is, however a path is written', async () => {
    await writeFile(join(drop.root, 'secret.csv'), 'of another');
    await mkdir(join(drop.root, 'rival'));
    await writeFile(join(drop.root, 'rival', 'employees.csv'), 'of another');
    const { client } = await drop.connect();
    for (const path of [
      '../secret.csv',
      '/../../secret.csv',
      'a/../../secret.csv',
      '/etc/passwd',
      '../rival/employees.csv',
    ]) {
      await expect(client.get(path)).rejects.toThrow(/no such file/i);
      expect(await client.exists(path)).toBe(false);
    }
    expect(await client.realPath('../../..')).toBe('/');
    await client.put(Buffer.from('x'), '../../escaped.csv');
    expect(await readdir(drop.onDisk(''))).toEqual(['escaped.csv']);
    await expect(client.rename('/escaped.csv', '../../rival/escaped.csv')).rejects.toThrow(/no such file/i);
    expect(await readdir(join(drop.root, 'rival'))).toEqual(['employees.csv']);
    expect(await client.list('../..')).toHaveLength(1);
    expect(await client.exists('/.partial')).toBe(false);
  });

  it('does not follow links that somebody made on the machine, and makes none', async () => {
    await drop.place('here.csv', 'x');
    await writeFile(join(drop.folder, 'outside.csv'), 'of another');
    await symlink(join(drop.folder, 'outside.csv'), drop.onDisk('link.csv'));
    await symlink(drop.folder, drop.onDisk('folder'));
    const { client, sftp } = await drop.connect();
    expect((await client.list('/')).map(({ name }) => name)).toEqual(['here.csv']);
    for (const path of ['/link.csv', '/folder/outside.csv', '/folder/host_key']) {
      await expect(client.get(path)).rejects.toThrow(/no such file/i);
      await expect(client.put(Buffer.from('x'), path)).rejects.toThrow();
      await expect(client.delete(path)).rejects.toThrow();
    }
    await expect(calls(sftp).symlink('/etc/passwd', '/mine')).rejects.toThrow('no links');
    expect(await readdir(drop.folder)).toEqual(['drop', 'host_key', 'outside.csv']);
  });

  it('can be used as folders are: made, listed, removed', async () => {
    const { client } = await drop.connect();
    await client.mkdir('/2026/january', true);
    await client.put(Buffer.from('abc'), '/2026/january/a.csv');
    expect(await client.stat('/2026/january/a.csv')).toMatchObject({ size: 3, isFile: true, uid: 0 });
    await client.chmod('/2026/january/a.csv', 0o777);
    expect(await client.get('/2026/january/a.csv')).toEqual(Buffer.from('abc'));
    await expect(client.rmdir('/2026')).rejects.toThrow('not empty');
    await client.delete('/2026/january/a.csv');
    await client.rmdir('/2026/january');
    await client.rmdir('/2026');
    expect(await client.list('/')).toEqual([]);
    await expect(client.rmdir('/')).rejects.toThrow('cannot be removed');
  });

  it('is listed whole when it holds many files', async () => {
    await Promise.all(Array.from({ length: 230 }, (_, number) => drop.place(`file-${number}.csv`, 'x')));
    const { client } = await drop.connect();
    expect(await client.list('/')).toHaveLength(230);
  });

  it('is read by intake, which may only move files to the archive', async () => {
    await drop.place('employees.csv', 'today');
    const { client } = await drop.connect({ username: 'intake', password: undefined, privateKey: keys.privateKey });
    expect(await client.get('/employees.csv')).toEqual(Buffer.from('today'));
    await expect(client.put(Buffer.from('x'), '/other.csv')).rejects.toThrow('may only read');
    await expect(client.delete('/employees.csv')).rejects.toThrow('may only read');
    await expect(client.rename('/employees.csv', '/other.csv')).rejects.toThrow('may only read');
    await client.mkdir('/archive');
    await client.rename('/employees.csv', '/archive/1-employees.csv');
    expect(await readdir(drop.onDisk('archive'))).toEqual(['1-employees.csv']);
    expect(drop.uploads).toEqual([]);
  });

  it('does not keep open more files than it may', async () => {
    const { sftp } = await drop.connect();
    for (let number = 0; number < 32; number += 1) await calls(sftp).open(`/${number}.csv`, 'w');
    await expect(calls(sftp).open('/one-more.csv', 'w')).rejects.toThrow('Close some first');
  });
});

describe('cleaning', () => {
  it('removes what a killed drop left and what was archived long ago, and nothing else', async () => {
    await drop.place('archive/old.csv', 'x');
    await drop.place('archive/new.csv', 'x');
    await drop.place('waiting.csv', 'x');
    await writeFile(join(drop.root, '.partial', 'left'), 'x');
    await link(join(drop.root, '.partial', 'left'), join(drop.root, '.partial', 'also-left'));
    for (const path of [
      drop.onDisk('archive/old.csv'),
      drop.onDisk('waiting.csv'),
      join(drop.root, '.partial', 'left'),
    ]) {
      await utimes(path, 0, 0);
    }
    await writeFile(join(drop.root, '.partial', 'fresh'), 'x');
    await drop.drop.close();
    await drop.startAgain();
    expect(await drop.aside()).toEqual(['fresh']);
    expect(await readdir(drop.onDisk('archive'))).toEqual(['new.csv']);
    expect((await readdir(drop.onDisk(''))).sort()).toEqual(['archive', 'waiting.csv']);
  });
});

describe('the log', () => {
  it('holds neither contents nor passwords', async () => {
    const { client } = await drop.connect();
    await client.put(Buffer.from('4711;Marker-Name'), '/employees.csv');
    await expect(drop.connect({ password: 'wrong-marker' })).rejects.toThrow();
    await expect(drop.connect({ username: 'typed-my-password-here' })).rejects.toThrow();
    const text = drop.logged.join('\n');
    expect(text).toContain('uploaded');
    for (const secret of ['Marker-Name', PASSWORD, 'wrong-marker', 'typed-my-password-here', 'scrypt']) {
      expect(text).not.toContain(secret);
    }
  });
});

async function mountSmallDisk(path: string): Promise<boolean> {
  await mkdir(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
