import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeMail } from '../../src/mail/compose.js';
import { messageIdFor } from '../../src/mail/message.js';
import { dayWords, timeWords } from '../../src/mail/texts/en/dates.js';
import type { FactsByKind, MailKind } from '../../src/mail/texts/facts.js';
import { writeLetter, type Piece } from '../../src/mail/texts/letter.js';
import { writeMail } from '../../src/mail/texts/write-mail.js';
import { sender } from './builders.js';
import { EXAMPLES, someFacts } from './facts.js';

const KINDS = Object.keys(EXAMPLES) as readonly MailKind[];
const DUE = 'Wednesday 2 December 2026, 17:00';
/** Kinds that ask somebody at the customer for something until a date. */
const REQUESTS = [
  'reminder-before',
  'reminder-due',
  'reminder-after',
  'question',
  'concept-mapping',
  'letters',
  'received',
] as const;

describe.each(KINDS)('a mail of kind %s', (kind) => {
  test('says the same as a text and as a page', () => {
    const { text, html } = write(kind);
    expect(wordsOfPage(html)).toEqual(wordsOfText(text));
  });

  test('is to the contact, about the customer, and signed', () => {
    const { to, subject, text } = write(kind);
    expect(to.address).toBe('somebody@korenaar.example');
    expect(subject).toContain(kind === 'escalation' ? 'at De Korenaar' : '(De Korenaar)');
    expect(text).toMatch(new RegExp(`^Dear ${EXAMPLES[kind].recipient.name},\n`));
    expect(text).toContain('Kind regards, Joris Peeters, project manager at Speakap');
    expect(text).toContain(`You get it as ${EXAMPLES[kind].recipient.role} in the implementation for De Korenaar.`);
  });

  test('holds nothing that a program forgot to fill in', () => {
    const { subject, text, html } = write(kind);
    for (const part of [subject, text, html]) expect(part).not.toMatch(/undefined|null|NaN|\[object|Invalid|\$\{/);
  });

  test('can be composed and sent', async () => {
    const message = { ...write(kind), kind, contactId: 'c-hr', messageId: messageIdFor(kind, 'speakap.example') };
    const { envelope } = await composeMail(sender, message);
    expect(envelope.to).toBe('somebody@korenaar.example');
  });
});

describe.each(REQUESTS)('a request of kind %s', (kind) => {
  test('says what is asked, why, until when, and how to answer', () => {
    const { text } = write(kind);
    expect(text).toMatch(/^What we ask: \S/m);
    expect(text).toMatch(/^Why: \S/m);
    expect(text).toContain(`Until: ${DUE}`);
    expect(text).toMatch(/^How to answer: .*Joris Peeters \(joris@speakap\.example\), who records it for you\.$/m);
  });

  test('is answered to the project manager', () => {
    expect(write(kind).replyTo).toEqual(someFacts.manager);
  });
});

describe('a reminder', () => {
  test.each([
    ['reminder-before', 'Due on Wednesday 2 December 2026'],
    ['reminder-due', 'Due today, Wednesday 2 December 2026'],
    ['reminder-after', 'Late since Wednesday 2 December 2026'],
  ] as const)('%s says in its subject how urgent it is', (kind, words) => {
    expect(write(kind).subject).toBe(`${words}: example record (De Korenaar)`);
  });

  test('that is late says what it does to the go-live date', () => {
    expect(write('reminder-after').text).toContain('It is planned for Tuesday 12 January 2027 now.');
    const unplanned = write('reminder-after', { ...EXAMPLES['reminder-after'], goLive: null });
    expect(unplanned.text).not.toContain('planned');
  });

  test('never invites to send data of employees by mail', () => {
    expect(write('reminder-before').text).toContain('Please do not put data of employees into a mail');
  });
});

describe('an escalation', () => {
  test('tells the project manager who is late with what, since when, and what it does to the go-live date', () => {
    const { text } = write('escalation');
    expect(text).toContain('Ilse Bakker (HR manager)');
    expect(text).toContain('What is late: example record');
    expect(text).toContain(`It was due: ${DUE}`);
    expect(text).toContain('Reminders sent: 3');
    expect(text).toContain('It moves from Tuesday 5 January 2027 to Tuesday 12 January 2027.');
  });

  test('says so when the go-live date still holds, or is not known', () => {
    const goLive = new Date('2027-01-12T08:00:00Z');
    const still = write('escalation', { ...EXAMPLES.escalation, goLive: { before: goLive, now: goLive } });
    expect(still.text).toContain('None yet: it is still Tuesday 12 January 2027.');
    expect(write('escalation', { ...EXAMPLES.escalation, goLive: null }).text).toContain('no go-live date yet');
  });

  test('to the project manager is not to be answered to themselves', () => {
    expect(writeMail('escalation', EXAMPLES.escalation, someFacts.manager.address)).not.toHaveProperty('replyTo');
  });
});

describe('an approval', () => {
  test('is asked for one version, and the code comes in a mail of its own', () => {
    const { text } = write('concept-mapping');
    expect(text).toContain('tell Joris Peeters that you approve version 3');
    expect(text).toContain('counts for version 3 only');
    expect(text).toContain('every line of the document has an id');
    expect(text).toContain('What is different from version 2:\n\n- Bakeries are groups of their own.');
    expect(text).not.toContain('7KQ4-M2XD');
  });

  test('of a first version speaks of no difference', () => {
    const first = write('concept-mapping', { ...EXAMPLES['concept-mapping'], version: 1, differences: [] });
    expect(first.text).not.toContain('different from');
  });

  test('has a code that stands in the mail, not in its subject, and is not to be forwarded', () => {
    const { subject, text, html } = write('approval-code');
    expect(subject).not.toContain('7KQ4-M2XD');
    expect(text).toContain('7KQ4-M2XD');
    expect(html).toContain('>7KQ4-M2XD</p>');
    expect(text).toContain('concept mapping, version 3');
    expect(text).toContain(`Valid until: ${DUE}`);
    expect(text).toContain('Do not forward this mail');
  });
});

describe('access by SFTP', () => {
  test('has everything that an upload needs, and no password', () => {
    const { text } = write('sftp-access');
    for (const words of ['Server: drop.speakap.example', 'Port: 2222', 'User name: korenaar']) {
      expect(text).toContain(words);
    }
    expect(text).toContain('Fingerprint of the server: SHA256:0123456789abcdef');
    expect(text).toContain(`works until ${DUE}: https://usersync.speakap.example/once/abc`);
  });

  test('by a key speaks of no link', () => {
    const { text } = write('sftp-access', { ...EXAMPLES['sftp-access'], login: { by: 'key' } });
    expect(text).toContain('There is no password.');
    expect(text).not.toContain('link');
  });
});

test('what was received and is good needs nothing more', () => {
  const good = write('received', { ...EXAMPLES.received, isGood: true, findings: [], due: null });
  expect(good.subject).toBe('Received and good: example record (De Korenaar)');
  expect(good.text).toContain('You need not do anything.');
  expect(good.text).not.toContain('What we ask');
});

test('what was received and is wrong is named, in the subject as well', () => {
  expect(write('received').subject).toContain('not usable yet');
  expect(write('received').text).toContain('- The column "Employee number" is empty in row 2.');
});

test('a cancelled implementation tells what was removed and what stays', () => {
  const { text } = write('cancelled');
  expect(text).toContain('What we made and have removed:\n\n- the SFTP account korenaar');
  expect(text).toContain('What stays:\n\n- the record of who decided what, and when');
});

describe('dates', () => {
  test.each([
    ['2026-12-02T16:00:00Z', 'Europe/Amsterdam', 'Wednesday 2 December 2026, 17:00'],
    ['2026-07-01T22:30:00Z', 'Europe/Amsterdam', 'Thursday 2 July 2026, 00:30'],
    ['2026-12-02T03:05:00Z', 'America/New_York', 'Tuesday 1 December 2026, 22:05'],
  ])('%s in %s is %s', (instant, timeZone, words) => {
    expect(timeWords(new Date(instant), timeZone)).toBe(words);
    expect(words).toContain(dayWords(new Date(instant), timeZone));
  });
});

describe('what others wrote', () => {
  const nasty = fc.string({ unit: 'grapheme' }).map((text) => `x${text}<b onclick="x">&amp;</b>\r\n'"${text}`);
  const piece: fc.Arbitrary<Piece> = fc.oneof(
    nasty,
    nasty.map((quote) => ({ quote })),
    nasty.map((code) => ({ code })),
    fc.array(nasty, { minLength: 1 }).map((list) => ({ list })),
    fc.array(fc.tuple(nasty, nasty), { minLength: 1 }).map((table) => ({ table })),
  );

  test('is text on the page as well, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(piece), nasty, (pieces, subject) => {
        const letter = writeLetter({ language: 'en', subject, pieces });
        expect(wordsOfPage(letter.html)).toEqual(wordsOfText(letter.text));
        expect(letter.html).not.toContain('<b onclick');
        expect(letter.subject).not.toMatch(/[\r\n]/);
      }),
    );
  });

  test('keeps its lines where it is quoted', () => {
    const { text, html } = write('question');
    expect(text).toContain('> Is "Bakery 9" a location?\n> And who leads it?');
    expect(html).toContain('Is &quot;Bakery 9&quot; a location?<br>\nAnd who leads it?');
  });
});

function write<Kind extends MailKind>(kind: Kind, facts: FactsByKind[Kind] = EXAMPLES[kind]) {
  return writeMail(kind, facts, 'somebody@korenaar.example');
}

/** Every sign that is read, without what only lays it out. */
function wordsOfText(text: string): string {
  return text.replaceAll(/^(- |> | {4})/gm, '').replaceAll(/\s+/g, '');
}

function wordsOfPage(html: string): string {
  const body = html.slice(html.indexOf('>', html.indexOf('<body')) + 1, html.indexOf('</body>'));
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return body
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? '')
    .replaceAll(/\s+/g, '');
}
