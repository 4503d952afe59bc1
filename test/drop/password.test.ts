import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/drop/password.js';

describe('a password', () => {
  it('is verified by its hash, which differs each time and does not show it', async () => {
    const hashes = await Promise.all([hashPassword('Zonnebloem é'), hashPassword('Zonnebloem é')]);
    expect(hashes[0]).not.toBe(hashes[1]);
    expect(hashes[0]).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(hashes.join()).not.toContain('Zonnebloem');
    await expect(verifyPassword('Zonnebloem é', hashes[0] ?? null)).resolves.toBe(true);
    await expect(verifyPassword('Zonnebloem e\u0301', hashes[0] ?? null)).resolves.toBe(true);
    await expect(verifyPassword('zonnebloem é', hashes[0] ?? null)).resolves.toBe(false);
  });

  it('opens nothing where there is no hash, or one that cannot be read', async () => {
    for (const hash of [null, '', 'secret', 'scrypt$32768$8$1$AAAA$AAAA']) {
      await expect(verifyPassword('secret', hash)).resolves.toBe(false);
      await expect(verifyPassword('', hash)).resolves.toBe(false);
    }
  });
});
