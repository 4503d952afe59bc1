import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadConfiguration, readConfig } from '../../src/config.js';
import { readSmtpUrl, UnusableMailSetting } from '../../src/mail/settings.js';

describe('the address of a mail server', () => {
  test.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, tls: 'required', login: null }],
    ['smtp://mail.example:25?tls=optional', { host: 'mail.example', port: 25, tls: 'when offered', login: null }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, tls: 'at once', login: null }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, tls: 'off', login: null }],
    ['smtp://[::1]:1025?tls=required', { host: '::1', port: 1025, tls: 'required', login: null }],
    [
      'smtp://sync%40korenaar.example:p%25w%2Fd@mail.example:2587/',
      {
        ...{ host: 'mail.example', port: 2587, tls: 'required' },
        login: { user: 'sync@korenaar.example', password: 'p%w/d' },
      },
    ],
  ])('%s is understood', (url, settings) => {
    expect(readSmtpUrl(url)).toEqual(settings);
  });

  test.each([
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtp://mail.example/folder',
    'smtp://secret@mail.example',
    'smtp://user:100%secret@mail.example',
    'smtp://mail.example?tls=maybe',
    'smtp://mail.example?pool=true',
    'smtps://mail.example?tls=off',
    'smtp://user:secret@mail.example?tls=optional',
    'smtp://user:secret@mail.example?tls=off',
  ])('%s is refused, and not repeated', (url) => {
    expect(() => readSmtpUrl(url)).toThrow(UnusableMailSetting);
    expect(() => readSmtpUrl(url)).not.toThrow(/secret|mail\.example\//);
  });
});

describe('the configuration of mail', () => {
  test('without a mail server is an outbox in the data folder', () => {
    const { mail, dataFolder } = readConfig({ USERSYNC_DATA: '/srv/data' });
    expect(mail).toMatchObject({ smtp: null, outbox: join(dataFolder, 'outbox') });
    expect(mail.sender).toEqual({ name: 'User Sync', address: 'usersync@localhost' });
    expect(readConfig({ USERSYNC_OUTBOX: '/srv/mail' }).mail.outbox).toBe('/srv/mail');
  });

  test('with a mail server needs a sender that it knows', () => {
    const env = { USERSYNC_SMTP_URL: 'smtp://mail.example' };
    expect(() => readConfig(env)).toThrow(BadConfiguration);
    expect(() => readConfig(env)).toThrow(/USERSYNC_MAIL_FROM/);
    expect(readConfig({ ...env, USERSYNC_MAIL_FROM: 'Sync <sync@speakap.example>' }).mail).toMatchObject({
      sender: { address: 'sync@speakap.example' },
      smtp: { host: 'mail.example' },
    });
    expect(readConfig({ USERSYNC_SMTP_URL: 'smtp://localhost:1025' }).mail.smtp).not.toBeNull();
  });

  test('names everything that is wrong, and no password', () => {
    const env = { USERSYNC_SMTP_URL: 'smtp://user:secret@mail.example?tls=off', USERSYNC_MAIL_FROM: 'nobody' };
    expect(() => readConfig(env)).toThrow(/USERSYNC_SMTP_URL[\s\S]*USERSYNC_MAIL_FROM/);
    expect(() => readConfig(env)).not.toThrow(/secret/);
  });
});
