import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMailer, type Mailer } from '../../src/mail/transport.js';
import { aMail, sender, tellsNothingPersonal } from './builders.js';
import { headerOf } from './mail-text.js';

let folder: string;
let mailer: Mailer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-outbox-'));
  mailer = createMailer({ sender, smtp: null, outbox: join(folder, 'outbox') });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('without a mail server a mail is a file that only its owner reads, with everything in it', async () => {
  const place = await put();
  const raw = await readFile(place, 'utf8');
  expect(headerOf(raw, 'To')).toBe('Ilse Bakker <ilse.bakker@korenaar.example>');
  expect(headerOf(raw, 'From')).toBe('User Sync <usersync@speakap.example>');
  expect(headerOf(raw, 'Subject')).toBe('Reminder: example record');
  expect(headerOf(raw, 'Message-ID')).toBe(aMail().messageId);
  expect(headerOf(raw, 'Date')).toMatch(/\+0000$/);
  expect(raw).toContain('Please hand over the example record.');
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect((await stat(place)).mode & 0o777).toBe(0o600);
});

test('files sort by time and name kind and contact, and nobody by name', async () => {
  const places = [await put(), await put({ kind: 'question' }), await put({ contactId: 'c-it' })];
  const names = await readdir(join(folder, 'outbox'));
  expect(names.sort()).toEqual(places.map((place) => place.slice(dirname(place).length + 1)));
  expect(names[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z_reminder-due_c-hr_[0-9a-f]{8}\.eml$/);
  for (const name of names) expect(name).toSatisfy(tellsNothingPersonal);
});

test('a contact id never leads out of the folder', async () => {
  const place = await put({ contactId: '../../../c-hr' });
  expect(dirname(place)).toBe(join(folder, 'outbox'));
});

test('a folder that cannot be written to is told, and may be tried again', async () => {
  await writeFile(join(folder, 'outbox'), 'in the way');
  const result = await mailer.send(aMail());
  expect(result).toMatchObject({ outcome: 'not_sent', retryable: true });
  expect(result).toHaveProperty('problem', expect.stringMatching(/EEXIST|ENOTDIR/));
});

async function put(changes: Parameters<typeof aMail>[0] = {}): Promise<string> {
  // Two mails of one millisecond have no order.
  await new Promise((resolve) => setTimeout(resolve, 2));
  const result = await mailer.send(aMail(changes));
  if (result.outcome !== 'sent' || result.place === undefined) throw new Error(JSON.stringify(result));
  return result.place;
}
