import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAccount, keys, run, TestDrop, until, type Output } from './support.js';

const installed = (await run('sftp', ['-?'])).code !== 127 && (await run('ssh', ['-V'])).code === 0;
if (!installed)
  console.warn(
    "SKIPPED: OpenSSH's sftp is not installed, so the drop is not tried with it (apt-get install openssh-client).",
  );

describe.skipIf(!installed)("OpenSSH's own client", () => {
  let drop: TestDrop;
  beforeEach(async () => {
    drop = await TestDrop.start([anAccount()]);
    await writeFile(join(drop.folder, 'key'), keys.privateKey, { mode: 0o600 });
  });
  afterEach(() => drop.stop());

  it('delivers, renames, lists, fetches and removes', async () => {
    const content = randomBytes(4_000_000);
    await writeFile(join(drop.folder, 'employees.csv'), content);
    const output = await batch(
      `put -p ${join(drop.folder, 'employees.csv')} employees.csv.tmp`,
      'rename employees.csv.tmp employees.csv',
      'mkdir old',
      'chmod 600 employees.csv',
      'ls -l',
      'ls -la old',
      `get employees.csv ${join(drop.folder, 'back.csv')}`,
      'pwd',
      'rmdir old',
    );
    expect(output).toMatchObject({ code: 0 });
    expect(output.text).toMatch(/-rw-------.* 4000000 .*employees\.csv/);
    expect(output.text).toMatch(/drwx------.* old/);
    expect(output.text).toContain('Remote working directory: /');
    expect((await readFile(join(drop.folder, 'back.csv'))).equals(content)).toBe(true);
    expect((await drop.read('employees.csv')).equals(content)).toBe(true);
    expect(drop.uploads.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['/employees.csv.tmp', 4_000_000],
      ['/employees.csv', 4_000_000],
    ]);
    expect(await readdir(drop.onDisk(''))).toEqual(['employees.csv']);
  });

  it('keeps the time of arrival, not the one that the file claims', async () => {
    await writeFile(join(drop.folder, 'employees.csv'), 'x');
    await run('touch', ['-d', '2001-01-01', join(drop.folder, 'employees.csv')]);
    expect(await batch(`put -p ${join(drop.folder, 'employees.csv')}`)).toMatchObject({ code: 0 });
    expect((await stat(drop.onDisk('employees.csv'))).mtime.getUTCFullYear()).toBeGreaterThan(2001);
  });

  it.each([
    'symlink employees.csv link.csv',
    'ln employees.csv link.csv',
    'get /etc/passwd',
    'put /etc/hostname /a/b',
    'reput /etc/hosts employees.csv',
  ])('is told that it cannot: %s', async (command) => {
    await drop.place('employees.csv', 'x');
    expect((await batch(command)).code).not.toBe(0);
    expect(await readdir(drop.onDisk(''))).toEqual(['employees.csv']);
    expect((await drop.read('employees.csv')).toString()).toBe('x');
  });

  it('gets no shell and no command', async () => {
    for (const command of [['id'], []]) {
      const output = await run('ssh', [
        '-T',
        ...options(),
        '-p',
        String(drop.drop.port),
        'korenaar@127.0.0.1',
        ...command,
      ]);
      expect(output.code).not.toBe(0);
      expect(output.text).not.toContain('uid=');
    }
  });

  it('leaves nothing when it is killed in the middle of an upload', async () => {
    const args = ['-b', '-', '-l', '4000', ...options(), '-P', String(drop.drop.port), 'korenaar@127.0.0.1'];
    await writeFile(join(drop.folder, 'large.csv'), randomBytes(20_000_000));
    const client = spawn('sftp', args, { stdio: ['pipe', 'ignore', 'ignore'] });
    client.stdin.write(`put ${join(drop.folder, 'large.csv')}\n`);
    await until(async () => (await drop.aside()).length === 1);
    client.kill('SIGKILL');
    await once(client, 'exit');
    await until(async () => (await drop.aside()).length === 0);
    expect([await readdir(drop.onDisk('')), drop.uploads]).toEqual([[], []]);
  });

  async function batch(...commands: string[]): Promise<Output> {
    await writeFile(join(drop.folder, 'batch'), commands.join('\n'));
    const args = ['-b', join(drop.folder, 'batch'), ...options(), '-P', String(drop.drop.port), 'korenaar@127.0.0.1'];
    return run('sftp', args);
  }

  function options(): string[] {
    const settings = {
      IdentityFile: join(drop.folder, 'key'),
      IdentitiesOnly: 'yes',
      StrictHostKeyChecking: 'accept-new',
      UserKnownHostsFile: join(drop.folder, 'known_hosts'),
      BatchMode: 'yes',
    };
    return ['-F', 'none', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
  }
});
