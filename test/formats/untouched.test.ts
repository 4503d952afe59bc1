import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openContent } from '../../src/formats/open-content.js';
import { BYTES_OF_KIND, kindOf } from '../../src/formats/kind.js';
import { SourceCutOff } from '../../src/sources/errors.js';
import { inPieces, NO_KEYS } from './builders.js';

const noKeys = () => Promise.resolve(NO_KEYS);

describe('what is no workbook and no message', () => {
  it('comes back as the stream that it is', async () => {
    const content = inPieces(randomBytes(1_000_000).fill('Id,', 0, 3), 32_768);
    expect(await openContent(content, noKeys)).toBe(content);
  });

  it('is the same to the last byte, whatever it is and in whatever pieces it comes', async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 100 }));
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 100 }), async (given, pieces) => {
        const whole = Buffer.from(given);
        fc.pre(kindOf(whole.subarray(0, BYTES_OF_KIND)) === 'other');
        expect((await buffer(await openContent(inPieces(whole, pieces), noKeys))).equals(whole)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('may be a stream of objects or of text', async () => {
    const content = await openContent(Readable.from(['Id,Name\n', '1,é\n']), noKeys);
    expect((await buffer(content)).toString()).toBe('Id,Name\n1,é\n');
  });

  it('is never taken for a message: any text, in UTF-8, cp1252 or UTF-16, is text', () => {
    // What stands in no text is a control character.
    const western = fc.constantFrom(...'ÄÁÂÃÅÈÉËÒÔ£¥¤øŁžăĄćaZ;,"\n');
    const letter = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), western);
    const content = fc
      .oneof(fc.array(letter, { maxLength: 70 }), fc.array(western, { maxLength: 70 }))
      .map((letters) => letters.join('').replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f]/g, 'x'));
    fc.assert(
      fc.property(
        content,
        fc.constantFrom('utf8' as const, 'latin1' as const, 'utf16le' as const),
        (text, encoding) => {
          fc.pre(!text.startsWith('PK') && !text.includes('BEGIN PGP'));
          const known = { utf8: 0x110000, latin1: 0x100, utf16le: 0x180 }[encoding];
          fc.pre([...text].every((each) => (each.codePointAt(0) ?? 0) < known));
          expect(kindOf(Buffer.from(text, encoding).subarray(0, BYTES_OF_KIND))).toBe('other');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('may begin as no message does, in UTF-16 without a mark', () => {
    expect(kindOf(Buffer.from('Áă;Naam\r\n', 'utf16le'))).toBe('other');
  });

  it('fails with what its delivery fails with, before its first byte or after it', async () => {
    const cutOff = new SourceCutOff(0, 10, 'the line went dead');
    const broken = (first: string) =>
      Readable.from(
        (async function* () {
          if (first !== '') yield await Promise.resolve(Buffer.from(first));
          throw cutOff;
        })(),
        { objectMode: false },
      );
    await expect(openContent(broken(''), noKeys)).rejects.toBe(cutOff);
    await expect(openContent(broken('Id'), noKeys)).rejects.toBe(cutOff);
    const long = await openContent(broken('Id,'.repeat(100)), noKeys);
    await expect(buffer(long)).rejects.toBe(cutOff);
    await expect(openContent(Readable.from([]).destroy(cutOff), noKeys)).rejects.toBe(cutOff);
  });
});
