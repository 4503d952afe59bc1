import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../src/drop/key-pair.js';

describe('a new key pair', () => {
  it('can always be read, and its halves belong together', () => {
    for (let made = 0; made < 1000; made += 1) {
      const { privateKey, publicKey } = generateKeyPair('test');
      const [ours, theirs] = [ssh2.utils.parseKey(privateKey), ssh2.utils.parseKey(publicKey)];
      if (ours instanceof Error || theirs instanceof Error) throw new Error('A key cannot be read.');
      expect(theirs.verify('data', ours.sign('data'))).toBe(true);
    }
  });
});
