import { afterEach, describe, expect, test } from 'vitest';
import { createMailer, type SendResult } from '../../src/mail/transport.js';
import type { MailMessage } from '../../src/mail/message.js';
import { aMail, smtpAt, tellsNothingPersonal } from './builders.js';
import { startRawServer, type Fault, type Moment, type RawServer } from './raw-server.js';

let server: RawServer;

afterEach(() => server.close());

const BEFORE: readonly Moment[] = ['connect', 'greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA'];
const GONE: readonly Fault[] = ['end', 'reset', 'silence'];
const EXTENSIONS = { 'word by word': [], 'all at once': ['PIPELINING', 'SIZE 10000000', '8BITMIME'] };

describe.each(Object.entries(EXTENSIONS))('a server that is spoken to %s', (_, extensions) => {
  describe.each(GONE)('and is gone (%s)', (fault) => {
    test.each(BEFORE)('at %s has surely not taken the mail, and may be asked again', async (moment) => {
      const result = await sendTo(moment, fault, extensions);
      expect(result).toMatchObject({ outcome: 'not_sent', retryable: true });
      expect(server.received).toEqual([]);
    });

    test.each(['text', 'dot'] as const)('at the %s leaves a doubt', async (moment) => {
      expect(await sendTo(moment, fault, extensions)).toMatchObject({ outcome: 'unknown' });
    });

    test('in the middle of a large mail leaves a doubt', async () => {
      const large = aMail({ text: 'a line of a large mail\n'.repeat(300_000) });
      expect(await sendTo('text', fault, extensions, large)).toMatchObject({ outcome: 'unknown' });
      expect(server.received).toEqual([]);
    });

    test('after it has taken the mail, is believed', async () => {
      expect(await sendTo('accepted', fault, extensions)).toEqual({ outcome: 'sent' });
      expect(server.accepted).toHaveLength(1);
    });
  });

  test.each(['MAIL', 'RCPT', 'DATA', 'text', 'dot'] as const)(
    'and refuses for now at %s may be asked again',
    async (moment) => {
      const result = await sendTo(moment, '451 4.3.0 <ilse.bakker@korenaar.example> later', extensions);
      expect(result).toMatchObject({ outcome: 'not_sent', retryable: true });
      expect(result).toHaveProperty('problem', expect.stringContaining('451 4.3.0'));
    },
  );

  test.each(['MAIL', 'RCPT', 'DATA', 'text', 'dot'] as const)(
    'and refuses for ever at %s is not asked again',
    async (moment) => {
      const result = await sendTo(moment, '550 5.1.1 <ilse.bakker@korenaar.example> unknown', extensions);
      expect(result).toMatchObject({ outcome: 'not_sent', retryable: false });
      expect(result).toHaveProperty('problem', expect.stringContaining('550 5.1.1'));
    },
  );

  test.each(['hello', '354 go on', '199 what'])('and answers the dot with "%s" leaves a doubt', async (answer) => {
    expect(await sendTo('dot', answer, extensions)).toMatchObject({ outcome: 'unknown' });
  });

  test('and closes down with 421 instead of taking the mail has refused it', async () => {
    expect(await sendTo('dot', '421 closing', extensions)).toMatchObject({ outcome: 'not_sent', retryable: true });
  });

  test('and takes the mail gets it whole, dots and all', async () => {
    expect(await sendTo(null, 'end', extensions)).toEqual({ outcome: 'sent' });
    expect(server.accepted).toEqual([expect.stringContaining('\r\n..\r\nThank you.')]);
  });
});

test('a refusal of the session is for an operator to mend, and the mail may be tried again', async () => {
  const result = await sendTo('connect', '554 go away', []);
  expect(result).toMatchObject({ outcome: 'not_sent', retryable: true });
});

test('a mail that is larger than the server takes is not tried again', async () => {
  const result = await sendTo(null, 'end', ['SIZE 100']);
  expect(result).toMatchObject({ outcome: 'not_sent', retryable: false });
});

test('a server that dribbles its answer is not waited for beyond the whole time', async () => {
  server = await startRawServer('dot', '250-wait');
  const mailer = createMailer(smtpAt(server.port, { limits: { connect: 800, answer: 60_000, total: 500 } }));
  expect(await mailer.send(aMail())).toMatchObject({ outcome: 'unknown' });
});

test('where nobody listens, nothing was sent', async () => {
  server = await startRawServer(null);
  await server.close();
  const result = await createMailer(smtpAt(server.port)).send(aMail());
  expect(result).toMatchObject({ outcome: 'not_sent', retryable: true });
  expect(result).toHaveProperty('problem', expect.stringContaining('ECONNREFUSED'));
  server = await startRawServer(null);
});

async function sendTo(
  moment: Moment | null,
  fault: Fault,
  extensions: readonly string[],
  mail: MailMessage = aMail(),
): Promise<SendResult> {
  server = await startRawServer(moment, fault, extensions);
  const limit = fault === 'silence' ? 400 : 20_000;
  const mailer = createMailer(smtpAt(server.port, { limits: { connect: limit, answer: limit, total: 30_000 } }));
  const result = await mailer.send(mail);
  await mailer.close();
  if ('problem' in result) expect(result.problem).toSatisfy(tellsNothingPersonal);
  return result;
}
