import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliverMail } from '../../src/mail/deliver.js';
import { createMailer, type Mailer, type SendResult } from '../../src/mail/transport.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { mailsInDoubt, NoDoubt, resolveDoubt, UnknownMail } from '../../src/store/mail-doubt.js';
import { listMails, MailKeyTaken, MAX_MAIL_TRIES } from '../../src/store/mails.js';
import { aCustomer } from '../store/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { smtpAt } from './builders.js';
import { headerOf } from './mail-text.js';
import { anOrder } from './orders.js';
import { startRawServer, type RawServer } from './raw-server.js';

let place: TestDatabase;
let database: Database;
let server: RawServer;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
  server = await startRawServer(null);
});

afterEach(async () => {
  await server.close();
  await database.close();
  await place.close();
});

const NOW = 'The mail server refused the mail: it answered 451.';
const later: SendResult = { outcome: 'not_sent', retryable: true, problem: NOW };
const never: SendResult = { outcome: 'not_sent', retryable: false, problem: 'The contact has no usable mail address.' };
const doubt: SendResult = { outcome: 'unknown', problem: 'Nobody answered.' };

describe('a mail that was sent', () => {
  test('is recorded, and not sent again', async () => {
    const parts = { database, mailer: byServer() };
    expect(await deliverMail(parts, anOrder())).toEqual({
      status: 'sent',
      problem: null,
      isNew: true,
      isTriedAgain: false,
    });
    expect(await deliverMail(parts, anOrder())).toMatchObject({ status: 'sent', isNew: false, isTriedAgain: false });
    expect(server.accepted).toHaveLength(1);
    const [mail] = await listMails(database, 'korenaar');
    expect(mail).toMatchObject({ status: 'sent', tries: 1, kind: 'reminder-due', contactId: 'c-hr', problem: null });
    expect(mail?.sentAt).toBeInstanceOf(Date);
  });

  test('is not written anew', async () => {
    await deliverMail({ database, mailer: byServer() }, anOrder());
    const compose = () => Promise.reject(new Error('nobody should ask'));
    expect(await deliverMail({ database, mailer: byServer() }, anOrder({ compose }))).toMatchObject({ status: 'sent' });
  });

  test('has a Message-ID that follows from its key', async () => {
    await deliverMail({ database, mailer: byServer() }, anOrder());
    await deliverMail({ database, mailer: byServer() }, anOrder({ key: 'another' }));
    const ids = server.accepted.map((raw) => headerOf(raw, 'Message-ID'));
    expect(new Set(ids).size).toBe(2);
  });
});

describe('attempts at the same moment', () => {
  test('send one mail, though there are more of them than connections', async () => {
    const other = openDatabase(place.url, 1);
    try {
      const parts = [database, other].map((each) => ({ database: each, mailer: byServer() }));
      const compose = async () => {
        await other.prisma.customer.count();
        return anOrder().compose();
      };
      const attempts = Array.from({ length: 12 }, () => parts.map((each) => deliverMail(each, anOrder({ compose }))));
      const deliveries = await Promise.all(attempts.flat());
      expect(deliveries.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(['sent']));
      expect(server.accepted).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  test('at different mails send them all', async () => {
    const parts = { database, mailer: byServer() };
    const keys = Array.from({ length: 12 }, (_, index) => `korenaar/1/question/${index}`);
    await Promise.all(keys.map((key) => deliverMail(parts, anOrder({ key }))));
    expect(server.accepted).toHaveLength(12);
  });
});

describe('a mail that was surely not sent', () => {
  test('is tried again by the next call', async () => {
    const mailer = answering([later, later, { outcome: 'sent' }]);
    expect(await deliver(mailer)).toMatchObject({ status: 'not_sent', problem: NOW, isTriedAgain: true });
    expect(await deliver(mailer)).toMatchObject({ status: 'not_sent', isNew: true, isTriedAgain: true });
    expect(await deliver(mailer)).toMatchObject({ status: 'sent', problem: null });
    expect(mailer.sends()).toBe(3);
  });

  test('is not tried for ever', async () => {
    const mailer = answering([later]);
    for (let tries = 1; tries < MAX_MAIL_TRIES; tries += 1) {
      expect(await deliver(mailer)).toMatchObject({ isTriedAgain: true });
    }
    expect(await deliver(mailer)).toMatchObject({ status: 'not_sent', isNew: true, isTriedAgain: false });
    expect(await deliver(mailer)).toMatchObject({ status: 'not_sent', problem: NOW, isNew: false });
    expect(mailer.sends()).toBe(MAX_MAIL_TRIES);
  });

  test('is not tried again where that cannot help', async () => {
    const mailer = answering([never, { outcome: 'sent' }]);
    expect(await deliver(mailer)).toMatchObject({ status: 'not_sent', isTriedAgain: false });
    expect(await deliver(mailer)).toMatchObject({ status: 'not_sent', isNew: false, isTriedAgain: false });
    expect(mailer.sends()).toBe(1);
    expect(await mailsInDoubt(database)).toEqual([]);
  });

  test('is sent again when a project manager says so, because its reason was mended', async () => {
    const mailer = answering([never, { outcome: 'sent' }]);
    await deliver(mailer);
    await expect(resolve('sent')).rejects.toThrow(NoDoubt);
    await resolve('send again');
    expect(await deliver(mailer)).toMatchObject({ status: 'sent', isNew: true });
  });

  test('because it could not be written, may be written later', async () => {
    const parts = { database, mailer: byServer() };
    const compose = () => Promise.reject(new Error('no such contact'));
    await expect(deliverMail(parts, anOrder({ compose }))).rejects.toThrow('no such contact');
    expect(await deliverMail(parts, anOrder())).toMatchObject({ status: 'sent', isNew: true });
  });
});

describe('a mail in doubt', () => {
  test('is not sent again, and shown', async () => {
    const mailer = answering([doubt]);
    expect(await deliver(mailer)).toMatchObject({
      status: 'unknown',
      problem: 'Nobody answered.',
      isTriedAgain: false,
    });
    expect(await deliver(mailer)).toMatchObject({ status: 'unknown', problem: 'Nobody answered.', isNew: false });
    expect(mailer.sends()).toBe(1);
    expect(await mailsInDoubt(database, 'korenaar')).toMatchObject([{ status: 'unknown', kind: 'reminder-due' }]);
    expect(await mailsInDoubt(database, 'another')).toEqual([]);
  });

  test('that arrived is settled, and not sent again', async () => {
    const mailer = answering([doubt]);
    await deliver(mailer);
    expect(await resolve('sent')).toMatchObject({ status: 'sent', problem: null });
    expect(await deliver(mailer)).toMatchObject({ status: 'sent', isNew: false });
    expect(mailer.sends()).toBe(1);
    await expect(resolve('send again')).rejects.toThrow(NoDoubt);
  });

  test('that did not arrive is sent by the next call', async () => {
    const mailer = answering([doubt, { outcome: 'sent' }]);
    await deliver(mailer);
    await resolve('send again');
    expect(await mailsInDoubt(database)).toEqual([]);
    expect(await deliver(mailer)).toMatchObject({ status: 'sent', isNew: true });
  });

  test('is decided about by its customer and number', async () => {
    await deliver(answering([doubt]));
    const [mail] = await mailsInDoubt(database);
    const id = mail?.id ?? 0;
    await expect(resolveDoubt(database, { customer: 'another', id }, 'sent')).rejects.toThrow(UnknownMail);
    await expect(resolveDoubt(database, { customer: 'korenaar', id: id + 1 }, 'sent')).rejects.toThrow(UnknownMail);
  });
});

test('two mails cannot share a key: the second would never be sent', async () => {
  const parts = { database, mailer: byServer() };
  await deliverMail(parts, anOrder());
  await expect(deliverMail(parts, anOrder({ contactId: 'c-it' }))).rejects.toThrow(MailKeyTaken);
  await expect(deliverMail(parts, anOrder({ kind: 'question' }))).rejects.toThrow(MailKeyTaken);
  expect(server.accepted).toHaveLength(1);
});

function byServer(): Mailer {
  return createMailer(smtpAt(server.port));
}

function deliver(mailer: Mailer) {
  return deliverMail({ database, mailer }, anOrder());
}

async function resolve(decision: 'sent' | 'send again') {
  const [mail] = await listMails(database, 'korenaar');
  return resolveDoubt(database, { customer: 'korenaar', id: mail?.id ?? 0 }, decision);
}

/** Answers these, one after the other, the last for ever. */
function answering(results: readonly [SendResult, ...SendResult[]]): Mailer & { sends(): number } {
  let sends = 0;
  return {
    domain: 'speakap.example',
    sends: () => sends,
    send: async () => {
      sends += 1;
      return results[Math.min(sends, results.length) - 1] ?? results[0];
    },
    close: async () => undefined,
  };
}
