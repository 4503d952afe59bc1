import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** GnuPG with a folder of its own: no key of whoever runs the tests is seen or changed. */
export class GnuPG {
  static readonly isThere = spawnSync('gpg', ['--version']).status === 0;

  private constructor(private readonly home: string) {}

  static async open(): Promise<GnuPG> {
    // Its sockets have short paths or none.
    return new GnuPG(await mkdtemp(join(tmpdir(), 'gpg-')));
  }

  /** What the program writes to standard output. */
  run(input: string | Buffer, ...args: readonly string[]): Buffer {
    const all = ['--homedir', this.home, '--batch', '--yes', '--quiet', '--trust-model', 'always', ...args];
    return execFileSync('gpg', all, { input, stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  }

  /** A key that signs; answers its public part. */
  makeSender(address: string): string {
    this.run('', '--passphrase', '', '--quick-gen-key', address);
    return this.run('', '--armor', '--export', address).toString();
  }

  async close(): Promise<void> {
    // The agent that it started for this folder, and no other.
    spawnSync('gpgconf', ['--homedir', this.home, '--kill', 'all']);
    await rm(this.home, { recursive: true, force: true });
  }
}
