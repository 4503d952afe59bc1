import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMailAddress, parseMailAddress } from '../../src/mail/address.js';
import { composeMail, UnusableMail } from '../../src/mail/compose.js';
import { messageIdFor } from '../../src/mail/message.js';
import { aMail, sender } from './builders.js';
import { headerOf, headersOf } from './mail-text.js';

/** Texts as somebody would type them who wants to add a header of their own. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\u2028',
        '\0',
        'Bcc: boss@other.example',
        '<x@y.example>',
        '"',
        ',',
        ';',
        ':',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const HEADERS = ['Auto-Submitted', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Reply-To', 'To'];
/** Alone, or behind a name that is quoted or encoded. */
const ONE_ADDRESS = /^([^<>@"]* <|"([^"\\]|\\.)*" <)?ilse@korenaar\.example>?$/;

describe('a header', () => {
  test('cannot be added by a name, a subject or the name of a file', async () => {
    const attempt = async (name: string, subject: string, fileName: string): Promise<void> => {
      const { envelope, raw } = await composeMail(
        { ...sender, name },
        aMail({
          to: { name, address: 'ilse@korenaar.example' },
          replyTo: { name, address: 'joris@speakap.example' },
          subject,
          attachments: [{ fileName, contentType: 'text/plain', content: 'content' }],
        }),
      );
      expect(envelope).toEqual({ from: sender.address, to: 'ilse@korenaar.example' });
      const names = headersOf(raw.toString('latin1')).map(([field]) => field);
      // An empty subject has no header.
      expect(names.filter((field) => field !== 'Subject').sort()).toEqual(HEADERS);
      expect(headerOf(raw.toString('latin1'), 'To')).toMatch(ONE_ADDRESS);
    };
    await fc.assert(fc.asyncProperty(nasty, nasty, nasty, attempt), { numRuns: 300 });
  });

  test('cannot be added by an address: whatever is no plain address is refused', async () => {
    const addresses = fc.oneof(
      nasty,
      fc.emailAddress(),
      fc.tuple(fc.emailAddress(), nasty).map(([address, more]) => `${address}${more}`),
    );
    await fc.assert(
      fc.asyncProperty(addresses, async (address) => {
        const composed = await composeMail(sender, aMail({ to: { name: 'Ilse', address } })).catch((error: unknown) => {
          expect(error).toBeInstanceOf(UnusableMail);
          return null;
        });
        expect(composed !== null).toBe(isMailAddress(address));
        const [local] = address.split('@');
        if (composed !== null) expect(composed.envelope.to).toMatch(/^[^@\s<>,;:]+@[a-z0-9.-]+$/i);
        if (composed !== null) expect(composed.envelope.to.split('@')[0]).toBe(local);
      }),
      { numRuns: 300 },
    );
  });

  test('cannot be added by a media type or a Message-ID', async () => {
    const attachments = [{ fileName: 'a.txt', contentType: 'text/plain\r\nBcc: boss@other.example', content: '' }];
    await expect(composeMail(sender, aMail({ attachments }))).rejects.toThrow(UnusableMail);
    await expect(composeMail(sender, aMail({ messageId: '<a@b>\r\nBcc: c@d' }))).rejects.toThrow(UnusableMail);
  });
});

test('an address of another alphabet is written as mail servers know it', async () => {
  const { envelope } = await composeMail(sender, aMail({ to: { name: 'Ilse', address: 'ilse@bäckerei.example' } }));
  expect(envelope.to).toBe('ilse@xn--bckerei-5wa.example');
});

test.each([
  ['User Sync <usersync@speakap.example>', 'User Sync', 'usersync@speakap.example'],
  ['"Sync, User" <usersync@speakap.example>', 'Sync, User', 'usersync@speakap.example'],
  ['usersync@localhost', '', 'usersync@localhost'],
])('%s is a sender', (text, name, address) => {
  expect(parseMailAddress(text)).toEqual({ name, address });
});

test.each([
  '',
  'User Sync',
  'User Sync <usersync>',
  'a@b.example, c@d.example',
  'a b@c.example',
  '<a@b.example',
  'a@-b',
])('"%s" is none', (text) => expect(parseMailAddress(text)).toBeNull());

test('a Message-ID follows from its key, and tells nothing of it', () => {
  const id = messageIdFor('korenaar/1/reminder/c-hr', 'speakap.example');
  expect(messageIdFor('korenaar/1/reminder/c-hr', 'speakap.example')).toBe(id);
  expect(messageIdFor('korenaar/1/reminder/c-it', 'speakap.example')).not.toBe(id);
  expect(id).toMatch(/^<[0-9a-f]{40}@speakap\.example>$/);
});
