import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createMailer } from '../../src/mail/transport.js';
import type { SmtpSettings } from '../../src/mail/settings.js';
import { aMail, smtpAt, tellsNothingPersonal } from './builders.js';
import { headerOf } from './mail-text.js';
import { makeCertificate, startSmtpServer } from './smtp-server.js';

type Server = Awaited<ReturnType<typeof startSmtpServer>>;

let server: Server;
let certificate: Awaited<ReturnType<typeof makeCertificate>>;

beforeAll(async () => {
  certificate = await makeCertificate();
});

afterEach(() => server.close());

test('a mail arrives with its text, its page, its attachment, and an address for answers', async () => {
  server = await startSmtpServer();
  const result = await send({
    html: '<p>Please hand over the example record.</p>',
    replyTo: { name: 'Joris Peeters', address: 'joris@speakap.example' },
    attachments: [{ fileName: 'concept 2.html', contentType: 'text/html; charset=utf-8', content: '<h1>Concept</h1>' }],
  });
  expect(result).toEqual({ outcome: 'sent' });
  const [mail, ...others] = server.received;
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ from: 'usersync@speakap.example', to: ['ilse.bakker@korenaar.example'] });
  const raw = mail?.raw ?? '';
  expect(headerOf(raw, 'To')).toBe('Ilse Bakker <ilse.bakker@korenaar.example>');
  expect(headerOf(raw, 'Reply-To')).toBe('Joris Peeters <joris@speakap.example>');
  expect(headerOf(raw, 'Message-ID')).toBe(aMail().messageId);
  expect(headerOf(raw, 'Auto-Submitted')).toBe('auto-generated');
  expect(raw).toContain('<p>Please hand over the example record.</p>');
  expect(raw).toContain('filename="concept 2.html"');
});

test('every mail has a connection of its own, so none is lost on one that the server has closed', async () => {
  server = await startSmtpServer();
  const mailer = createMailer(smtpAt(server.port));
  for (let count = 0; count < 3; count += 1) expect(await mailer.send(aMail())).toEqual({ outcome: 'sent' });
  expect(server.received).toHaveLength(3);
});

test('a mailer that is closed has waited for what was under way', async () => {
  server = await startSmtpServer();
  const mailer = createMailer(smtpAt(server.port));
  let isSent = false;
  void mailer.send(aMail()).then(() => (isSent = true));
  await mailer.close();
  expect(isSent).toBe(true);
});

describe('a recipient', () => {
  test('that the server refuses is told by its code, and by nothing of its words', async () => {
    server = await startSmtpServer({
      onRcptTo: ({ address }, _, done) => done(Object.assign(new Error(`${address} unknown`), { responseCode: 550 })),
    });
    const result = await send();
    expect(result).toMatchObject({ outcome: 'not_sent', retryable: false });
    expect(result).toHaveProperty('problem', expect.stringContaining("the contact's address"));
    expect(JSON.stringify(result)).toSatisfy(tellsNothingPersonal);
  });

  test('without a usable address gets no mail, and the server is not asked', async () => {
    server = await startSmtpServer();
    const result = await send({ to: { name: 'Ilse Bakker', address: 'ilse@korenaar.example, boss@other.example' } });
    expect(result).toMatchObject({ outcome: 'not_sent', retryable: false });
    expect(JSON.stringify(result)).toSatisfy(tellsNothingPersonal);
    expect(server.received).toEqual([]);
  });
});

describe('TLS', () => {
  test('is asked for by STARTTLS, and carries user name and password', async () => {
    server = await startSecureServer();
    expect(await send({}, { tls: 'required', login: LOGIN, ...trusted() })).toEqual({ outcome: 'sent' });
    expect(server.received).toMatchObject([{ isSecure: true, user: 'usersync' }]);
  });

  test('is used at once where the address begins with smtps', async () => {
    server = await startSecureServer({ secure: true });
    expect(await send({}, { tls: 'at once', login: LOGIN, ...trusted() })).toEqual({ outcome: 'sent' });
    expect(server.received).toMatchObject([{ isSecure: true }]);
  });

  test('that a server does not offer, and that is required, means no mail', async () => {
    server = await startSmtpServer();
    expect(await send({}, { tls: 'required' })).toMatchObject({ outcome: 'not_sent', retryable: true });
    expect(server.received).toEqual([]);
  });

  test.each(['required', 'when offered'] as const)(
    'with a certificate of a stranger means no mail (%s)',
    async (tls) => {
      server = await startSecureServer();
      const result = await send({}, { tls, login: LOGIN });
      expect(result).toMatchObject({ outcome: 'not_sent', retryable: true });
      expect(result).toHaveProperty('problem', expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'));
      expect(server.received).toEqual([]);
    },
  );

  test('with a wrong password means no mail, until an operator mends it', async () => {
    server = await startSecureServer();
    const login = { user: 'usersync', password: 'wrong' };
    const result = await send({}, { tls: 'required', login, ...trusted() });
    expect(result).toMatchObject({ outcome: 'not_sent', retryable: true });
    expect(result).toHaveProperty('problem', expect.stringContaining('535'));
  });
});

const LOGIN = { user: 'usersync', password: 'se:cr@t' };

function send(changes: Parameters<typeof aMail>[0] = {}, smtp: Partial<SmtpSettings> = {}) {
  return createMailer(smtpAt(server.port, smtp)).send(aMail(changes));
}

/** @throws where there is no OpenSSL. */
function ownCertificate() {
  if (certificate === null) throw new Error('OpenSSL is needed to make a certificate.');
  return certificate;
}

function trusted(): Partial<SmtpSettings> {
  return { authority: ownCertificate().cert };
}

function startSecureServer({ secure = false } = {}): Promise<Server> {
  return startSmtpServer({
    ...ownCertificate(),
    secure,
    disabledCommands: [],
    onAuth({ username, password }, _, done) {
      if (username === LOGIN.user && password === LOGIN.password) done(null, { user: username });
      else done(new Error('no'));
    },
  });
}
