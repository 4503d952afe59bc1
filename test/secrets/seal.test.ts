import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tampered, WrongKey } from '../../src/secrets/errors.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import { open, openText, seal, sealedWith } from '../../src/secrets/seal.js';

const key = parseMasterKey(randomBytes(32).toString('hex'), 'test');
const otherKey = parseMasterKey(randomBytes(32).toString('hex'), 'test');
const context = 'source/korenaar/password';

describe('a sealed secret', () => {
  it('opens with its key in its context, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, place) => {
        expect(open(key, seal(key, Buffer.from(bytes), place), place)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('is never the same text twice and does not show the secret', () => {
    const texts = [seal(key, 'hunter2', context), seal(key, 'hunter2', context)];
    expect(texts[0]).not.toBe(texts[1]);
    expect(Buffer.from(texts[0]?.split('.')[3] ?? '', 'base64url').includes('hunter2')).toBe(false);
  });

  it('does not open in the place of another', () => {
    expect(() => openText(key, seal(key, 'hunter2', context), 'source/rival/password')).toThrow(Tampered);
  });

  it('does not open when any one character of it was changed', () => {
    const sealed = seal(key, 'hunter2', context);
    const body = sealed.lastIndexOf('.') + 1;
    for (let at = body; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'Q' : 'A'}${sealed.slice(at + 1)}`;
      expect(() => openText(key, changed, context)).toThrow(Tampered);
    }
  });

  it.each(['', 'hunter2', 'sealed.v1.0123456789abcdef.', 'sealed.v2.0123456789abcdef.AAAA'])(
    'is not read from "%s"',
    (text) => {
      expect(() => openText(key, text, context)).toThrow(Tampered);
    },
  );

  it('says which key is missing and which is there', () => {
    const sealed = seal(key, 'hunter2', context);
    expect(() => openText(otherKey, sealed, context)).toThrow(WrongKey);
    expect(() => openText(otherKey, sealed, context)).toThrow(
      new RegExp(`${context}.*${key.id}.*${otherKey.id}.*Nothing was changed`),
    );
    expect(() => openText(otherKey, cutTo(sealed, 20), context)).toThrow(WrongKey);
    expect(() => openText(key, cutTo(sealed, 20), context)).toThrow(Tampered);
  });

  it('opens with either key while keys are rotated', () => {
    const old = seal(otherKey, 'hunter2', context);
    expect(openText([key, otherKey], old, context)).toBe('hunter2');
    expect(sealedWith(old)).toBe(otherKey.id);
  });
});

/** Keeps `bytes` bytes of what is sealed. */
function cutTo(sealed: string, bytes: number): string {
  const body = sealed.lastIndexOf('.') + 1;
  const kept = Buffer.from(sealed.slice(body), 'base64url').subarray(0, bytes);
  return sealed.slice(0, body) + kept.toString('base64url');
}
